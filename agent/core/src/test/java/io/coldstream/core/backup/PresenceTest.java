package io.coldstream.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.backup.upload.PresenceCachingStore;
import io.coldstream.eventstore.testing.model.SyntheticDatabase;
import io.coldstream.eventstore.testing.model.SyntheticDatabase.Shape;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.testkit.CountingStore;
import io.coldstream.store.testkit.Verb;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What remembering saves in a run. */
class PresenceTest {

  @TempDir
  Path temp;

  @Test
  void aRunThatLosesTheRaceSendsItsPageOnce() throws Exception {
    SyntheticDatabase.write(temp.resolve("slower node"), Shape.tiny(12));
    SyntheticDatabase.write(temp.resolve("db"), Shape.tiny(30));

    assertThat(pagesPut(false)).hasSize(3);
    assertThat(pagesPut(true)).hasSize(2).doesNotHaveDuplicates();
  }

  /** The puts of pages of two runs, one of which another node overtakes just before its manifest. */
  private List<String> pagesPut(boolean remembering) throws Exception {
    try (Bed bed = new Bed();
        Bed other = new Bed()) {
      CountingStore counting = new CountingStore(bed.memory);
      ObjectStore store = HookedStore.once(counting, "put manifests/", what -> {
        other.request = Bed.labelled(bed.request, "slower");
        other.backUp(temp.resolve("slower node"), counting);
      });
      BackupReport report = bed.backUp(
          temp.resolve("db"), remembering ? new PresenceCachingStore(store, 100_000) : store);
      assertThat(report.captures()).isEqualTo(2);
      assertThat(report.committed().orElseThrow().sequence()).isEqualTo(2);
      return counting.log().targets(Verb.PUT).stream()
          .filter(name -> name.startsWith("pages/"))
          .toList();
    }
  }
}
