package io.coldstream.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.store.ObjectName;
import io.coldstream.store.testkit.CountingStore;
import io.coldstream.store.testkit.Verb;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Something removes objects that the newest backup names: later backups notice and repair it. */
class LossTest {

  /** Of a repository with one page of chunks: the chunks, the index, the active chunk. */
  private static final int SHARES = 3;

  @TempDir
  Path temp;

  private Bed bed;
  private Path database;

  @BeforeEach
  void backUp() throws Exception {
    bed = new Bed();
    database = Fixture.unpack("series-" + Fixtures.NEWEST, temp).database("day2");
    bed.backUp(database);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private List<String> losses() {
    return bed.warnings("gone from the repository");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chunks/", "index/", "active/"})
  void oneRoundOfBackupsSendsAgainWhatIsGone(String folder) throws Exception {
    List<String> before = bed.names(folder);
    bed.memory.delete(before.stream().map(ObjectName::new).toList());
    Manifest last = null;
    for (int i = 0; i < SHARES; i++) {
      last = bed.backUp(database).committed().orElseThrow();
    }
    assertThat(bed.names(folder)).isEqualTo(before);
    SeriesBackupTest.assertHolds(bed, last, database);
    SeriesBackupTest.assertHolds(bed, bed.manifest(1), database);
    assertThat(losses())
        .singleElement()
        .asString()
        .startsWith(before.size() + " object")
        .contains("gone from the repository", before.get(0), "lifecycle rule");
  }

  @Test
  void theNextBackupAfterTheFirstLooksTheChunksUp() throws Exception {
    bed.memory.delete(List.of(new ObjectName(bed.names("chunks/").get(0))));
    bed.backUp(database);
    assertThat(losses()).hasSize(1);
  }

  @Test
  void recheckLooksEverythingUpAtOnce() throws Exception {
    List<ObjectName> gone = new ArrayList<>();
    for (String folder : List.of("chunks/", "index/", "active/")) {
      gone.add(new ObjectName(bed.names(folder).get(0)));
    }
    bed.memory.delete(gone);
    bed.with(Bed.recheck(bed.request));
    BackupReport report = bed.backUp(database);
    assertThat(losses()).singleElement().asString().startsWith("3 objects");
    SeriesBackupTest.assertHolds(bed, report.committed().orElseThrow(), database);
  }

  @Test
  void aRoundWithoutLossCostsAListingForEachBackupAndSendsNothing() throws Exception {
    for (int i = 0; i < SHARES; i++) {
      CountingStore store = new CountingStore(bed.memory);
      bed.backUp(database, store);
      assertThat(losses()).isEmpty();
      assertThat(store.log().targets(Verb.LIST).stream().filter(n -> !n.equals("manifests/")))
          .hasSize(1);
      assertThat(store.log().targets(Verb.PUT)).hasSize(1);
    }
  }

  @Test
  void aDryRunSaysItToo() throws Exception {
    bed.memory.delete(List.of(new ObjectName(bed.names("chunks/").get(0))));
    bed.with(Bed.dryRun(bed.request));
    BackupReport report = bed.backUp(database);
    assertThat(losses()).hasSize(1);
    assertThat(report.plan().toSend()).hasSize(1);
  }
}
