package io.coldstream.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.ManifestJson;
import io.coldstream.core.repository.manifest.Manifests;
import io.coldstream.eventstore.testing.model.SyntheticDatabase;
import io.coldstream.eventstore.testing.model.SyntheticDatabase.Shape;
import io.coldstream.store.testkit.CountingStore;
import io.coldstream.store.testkit.Verb;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnchangedCostTest {

  private static final int MAX_REQUESTS = 10;

  @TempDir
  Path temp;

  @ParameterizedTest
  @ValueSource(ints = {12, 5000})
  void anUnchangedDatabaseCostsAtMostTenRequests(int chunks) throws Exception {
    Path database = temp.resolve("db");
    SyntheticDatabase.write(database, Shape.tiny(chunks));
    try (Bed bed = new Bed()) {
      bed.hints = new Remembered();
      bed.backUp(database);
      requireCheap(bed, database, 1);
      repeatManifest(bed, 3000);
      bed.hints.remember(bed.repository().info().id(), 3000);
      requireCheap(bed, database, 3000);
    }
  }

  private static void requireCheap(Bed bed, Path database, int manifests) throws Exception {
    CountingStore store = new CountingStore(bed.memory);
    Manifest manifest = bed.backUp(database, store).committed().orElseThrow();
    assertThat(manifest.sequence()).isEqualTo(manifests + 1);
    assertThat(manifest.totals().addedObjects()).isZero();
    assertThat(manifest.files().pages()).isEqualTo(bed.manifest(1).files().pages());
    assertThat(store.log().count()).isLessThanOrEqualTo(MAX_REQUESTS);
    assertThat(store.log().targets(Verb.READ).stream().filter(n -> !n.startsWith("pages/")))
        .containsExactly("coldstream.json", Layout.manifest(manifests).value());
    assertThat(store.log().targets(Verb.READ).stream().filter(n -> n.startsWith("pages/")))
        .as("of the share that is looked up")
        .hasSizeLessThanOrEqualTo(1);
    assertThat(store.log().targets(Verb.PUT))
        .containsExactly(Layout.manifest(manifests + 1).value());
    assertThat(store.log().targets(Verb.LIST).stream().filter(n -> !n.equals("manifests/")))
        .as("of the share that is looked up")
        .hasSize(1);
  }

  @Test
  void withoutAHintOnlyTheListingIsLonger() throws Exception {
    Path database = temp.resolve("db");
    SyntheticDatabase.write(database, Shape.tiny(12));
    try (Bed bed = new Bed()) {
      bed.backUp(database);
      repeatManifest(bed, 3000);
      CountingStore store = new CountingStore(bed.memory);
      bed.backUp(database, store);
      assertThat(store.log().count()).isLessThanOrEqualTo(MAX_REQUESTS);
    }
  }

  @Test
  void aNewChunkCostsOneListingOfWhatFollowsItBesideThatOfTheShare() throws Exception {
    Path database = temp.resolve("db");
    SyntheticDatabase.write(database, Shape.tiny(1001));
    try (Bed bed = new Bed()) {
      bed.backUp(database);
      SyntheticDatabase.write(database, Shape.tiny(1002));
      CountingStore store = new CountingStore(bed.memory);
      BackupReport report = bed.backUp(database, store);
      assertThat(store.log().targets(Verb.LIST).stream().filter("chunks/"::equals))
          .hasSize(2);
      assertThat(store.log().targets(Verb.READ).stream()
              .filter(n -> n.startsWith("pages/"))
              .map(n -> n.substring(0, "pages/001000".length())))
          .containsExactlyInAnyOrder("pages/000000", "pages/001000");
      assertThat(store.log().targets(Verb.PUT).stream().filter(n -> n.startsWith("chunks/")))
          .hasSize(1);
      assertThat(report.committed().orElseThrow().files().pages()).hasSize(2);
    }
  }

  /** Copies the first manifest under every number up to a count. */
  private static void repeatManifest(Bed bed, int count) throws Exception {
    Manifest first = bed.manifest(1);
    String text = new String(ManifestJson.write(first), StandardCharsets.UTF_8);
    for (int i = 2; i <= count; i++) {
      String copy = text.replaceFirst("\"sequence\" : 1,", "\"sequence\" : " + i + ",");
      bed.memory.replace(Layout.manifest(i), Manifests.redigested(copy));
    }
  }
}
