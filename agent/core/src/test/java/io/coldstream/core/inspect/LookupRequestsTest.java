package io.coldstream.core.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.eventstore.testing.model.SyntheticDatabase;
import io.coldstream.eventstore.testing.model.SyntheticDatabase.Shape;
import io.coldstream.store.testkit.CountingStore;
import io.coldstream.store.testkit.Verb;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a look-up asks of the store. */
class LookupRequestsTest {

  private static final long BLOCK_BYTES = 32 * 1024;
  private static final int CHUNK_BYTES = 1 << 20;

  @TempDir
  Path folder;

  private final List<String> warnings = new ArrayList<>();
  private CountingStore store;
  private int opening;

  @Test
  void anEventOfALargeIndexIsFoundWithAFewBlocks() throws Exception {
    // About 5,000 events in each chunk, 16 streams: a table of 2 MB.
    Shape shape = new Shape(CHUNK_BYTES, 16, CHUNK_BYTES, 0, 200, 100, true, 4, 1);
    SyntheticDatabase.write(folder.resolve("db"), shape);
    TestRepository repository = TestRepository.of(folder.resolve("db"));

    for (long chunk : new long[] {3, 8, 15}) {
      lookUp(repository, lookup -> {
        assertThat(lookup.find("bulk-0", chunk * 1_000_000 + 1600))
            .isInstanceOf(EventAnswer.Found.class);
        requireCost(11, 11 * BLOCK_BYTES);

        // The second of the same stream finds most of its way in what was read for the first.
        int before = store.count(Verb.READ);
        assertThat(lookup.find("bulk-0", chunk * 1_000_000 + 1616))
            .isInstanceOf(EventAnswer.Found.class);
        assertThat(store.count(Verb.READ) - before).isLessThanOrEqualTo(1);
        return null;
      });
    }
  }

  @Test
  void anAbsentStreamCostsASearchForItAndForItsMetadata() throws Exception {
    Shape shape = new Shape(CHUNK_BYTES, 16, CHUNK_BYTES, 0, 200, 100, true, 4, 1);
    SyntheticDatabase.write(folder.resolve("db"), shape);
    TestRepository repository = TestRepository.of(folder.resolve("db"));

    lookUp(repository, lookup -> {
      assertThat(lookup.find("none", 0)).isEqualTo(new EventAnswer.NoSuchStream());
      return null;
    });

    requireCost(14, 14 * BLOCK_BYTES);
  }

  @Test
  void withoutAnIndexTheLogIsReadOnce() throws Exception {
    Shape shape = new Shape(CHUNK_BYTES, 4, CHUNK_BYTES, 0, 200, 100, false, 4, 1);
    SyntheticDatabase.write(folder.resolve("db"), shape);
    TestRepository repository = TestRepository.of(folder.resolve("db"));

    lookUp(repository, lookup -> {
      assertThat(lookup.find("bulk-0", 1600)).isInstanceOf(EventAnswer.Found.class);
      assertThat(lookup.find("bulk-0", 3_001_600)).isInstanceOf(EventAnswer.Found.class);
      assertThat(lookup.find("bulk-0", 1601)).isInstanceOf(EventAnswer.NoSuchEvent.class);
      return null;
    });

    requireCost(24, 4L * CHUNK_BYTES + 12 * BLOCK_BYTES);
  }

  private void lookUp(TestRepository repository, EventLookup.Question<Void, IOException> question)
      throws Exception {
    BackupFiles files = BackupFiles.read(repository.open(), 1);
    store = new CountingStore(repository.store());
    Repository counted = TestRepository.open(store);
    opening = store.count(Verb.READ);
    EventLookup.in(files, new Reading(counted, false, warnings::add), Long.MAX_VALUE, question);
    assertThat(warnings).isEmpty();
  }

  private void requireCost(int requests, long bytes) {
    assertThat(store.count(Verb.READ) - opening).isLessThanOrEqualTo(requests);
    assertThat(store.log().readBytes()).isLessThanOrEqualTo(bytes);
  }
}
