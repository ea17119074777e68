package io.coldstream.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.eventstore.testing.ExpectedState;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.store.ObjectName;
import io.coldstream.store.testkit.CountingStore;
import io.coldstream.store.testkit.Verb;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SeriesBackupTest {

  @TempDir
  Path temp;

  static List<String> fixtures() {
    return Fixtures.names();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void aBackupHoldsTheBytesOfTheCover(String name) throws Exception {
    Fixture fixture = Fixture.unpack(name, temp);
    for (String state : fixture.expected().keySet()) {
      try (Bed bed = new Bed()) {
        BackupReport report = bed.backUp(fixture.database(state));
        assertThat(report.committed()).contains(bed.manifest(1));
        assertHolds(bed, bed.manifest(1), fixture.database(state));
        assertThat(bed.manifest(1).log().positions().writer())
            .isEqualTo(fixture.expected(state).writer());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("series")
  void eachDayStoresOnlyWhatIsNew(String name) throws Exception {
    Fixture fixture = Fixture.unpack(name, temp);
    try (Bed bed = new Bed()) {
      Set<String> before = new TreeSet<>();
      long sequence = 0;
      for (String day : List.of("day1", "day2", "day3")) {
        BackupReport report = bed.backUp(fixture.database(day));
        sequence++;
        Manifest manifest = report.committed().orElseThrow();
        assertThat(manifest.sequence()).isEqualTo(sequence);
        assertThat(manifest.forkedFrom()).isEmpty();

        Set<String> chunks = completed(fixture.expected(day));
        Set<String> added = new TreeSet<>(bed.names(""));
        added.removeAll(before);
        Set<String> newChunks = new TreeSet<>(chunks);
        newChunks.removeAll(before);
        assertThat(under("chunks/", added)).isEqualTo(newChunks);
        assertThat(under("checkpoints/", added)).hasSize(10);
        assertThat(under("manifests/", added)).hasSize(1);
        assertThat(under("pages/", added)).hasSize(1);
        assertThat(under("active/", added)).hasSize(1);
        assertThat(under("progress/", added)).isEmpty();
        added.removeAll(List.of("coldstream.json", "RESTORE.txt", "RESTORE.sh"));
        assertThat(report.uploaded().addedObjects()).isEqualTo(added.size() - 1);
        assertThat(report.uploaded().addedBytes()).isEqualTo(bytes(bed, added));
        assertThat(manifest.totals().addedBytes()).isEqualTo(report.uploaded().addedBytes());
        assertHolds(bed, manifest, fixture.database(day));
        before.addAll(bed.names(""));
      }
      for (long earlier = 1; earlier <= 3; earlier++) {
        assertHolds(bed, bed.manifest(earlier), fixture.database("day" + earlier));
      }
    }
  }

  static List<String> series() {
    return Fixtures.VERSIONS.stream().map(version -> "series-" + version).toList();
  }

  @Test
  void theFollowerSendsNoCompletedChunkThatTheLeaderSent() throws Exception {
    Fixture fixture = Fixture.unpack("cluster-" + Fixtures.NEWEST, temp);
    try (Bed bed = new Bed()) {
      bed.backUp(fixture.database("leader"));
      List<String> chunks = bed.names("chunks/");
      CountingStore store = new CountingStore(bed.memory);
      BackupReport report = bed.backUp(fixture.database("follower"), store);
      assertThat(store.log().targets(Verb.PUT)).noneMatch(name -> name.startsWith("chunks/"));
      assertThat(bed.names("chunks/")).isEqualTo(chunks);
      assertThat(report.committed().orElseThrow().files().pages())
          .isEqualTo(bed.manifest(1).files().pages());
      assertThat(report.committed().orElseThrow().forkedFrom()).isEmpty();
      assertHolds(bed, bed.manifest(1), fixture.database("leader"));
      assertHolds(bed, bed.manifest(2), fixture.database("follower"));
    }
  }

  @Test
  void aFollowerWhoseEpochCheckpointLagsContinuesItsLeader() throws Exception {
    Fixture fixture = Fixture.unpack("cluster-" + Fixtures.NEWEST, temp);
    try (Bed bed = new Bed()) {
      Manifest leader = bed.backUp(fixture.database("leader")).committed().orElseThrow();
      Path follower = fixture.database("follower");
      Files.write(follower.resolve("epoch.chk"), new byte[8]);
      Manifest manifest = bed.backUp(follower).committed().orElseThrow();
      assertThat(manifest.log().lineage()).isEqualTo(leader.log().lineage());
      assertThat(manifest.log().positions().epoch()).hasValue(0);
      assertThat(manifest.log().positions().restorePointEpoch())
          .isEqualTo(leader.log().positions().restorePointEpoch());
    }
  }

  private static Set<String> completed(ExpectedState state) {
    Set<String> names = new TreeSet<>();
    for (ExpectedState.Chunk chunk : state.chunks()) {
      if (state.cover().contains(chunk.file())
          && chunk.footer().isPresent()
          && chunk.start() * chunk.chunkSize() + chunk.chunkSize() <= state.writer()) {
        names.add("chunks/" + chunk.file() + "-" + chunk.footer().get().md5());
      }
    }
    return names;
  }

  private static Set<String> under(String folder, Set<String> names) {
    return new TreeSet<>(names.stream().filter(name -> name.startsWith(folder)).toList());
  }

  private static long bytes(Bed bed, Set<String> names) {
    return bed.memory.contents().entrySet().stream()
        .filter(e -> names.contains(e.getKey().value()))
        .filter(e -> !e.getKey().value().startsWith("manifests/"))
        .mapToLong(e -> e.getValue().length)
        .sum();
  }

  /** Every file of a backup, put together from its objects, is what the directory holds. */
  static void assertHolds(Bed bed, Manifest manifest, Path database) throws Exception {
    Map<ObjectName, byte[]> contents = bed.memory.contents();
    for (FileEntry entry : chunks(bed.repository(), manifest)) {
      byte[] stored = bytes(contents, entry);
      byte[] file = Files.readAllBytes(database.resolve(entry.name()));
      assertThat(stored).isEqualTo(Arrays.copyOf(file, stored.length));
      if (entry.chunk().orElseThrow().footerMd5().isPresent()) {
        assertThat(stored.length).isEqualTo(file.length);
      }
    }
    if (manifest.files().index().isPresent()) {
      for (FileEntry entry : manifest.files().index().get().all()) {
        assertThat(bytes(contents, entry))
            .isEqualTo(Files.readAllBytes(database.resolve("index").resolve(entry.name())));
      }
    }
    for (FileEntry entry : manifest.files().checkpoints()) {
      assertThat(bytes(contents, entry))
          .isEqualTo(Files.readAllBytes(database.resolve(entry.name())));
    }
  }

  static List<FileEntry> chunks(Repository repository, Manifest manifest) throws Exception {
    List<FileEntry> entries = new ArrayList<>();
    for (PageEntry page : manifest.files().pages()) {
      entries.addAll(repository.page(page));
    }
    manifest.files().activeChunk().ifPresent(entries::add);
    return entries;
  }

  static byte[] bytes(Map<ObjectName, byte[]> contents, FileEntry entry) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (StoredBytes object : entry.objects()) {
      byte[] bytes = contents.get(object.object());
      assertThat(bytes).as(object.object().value()).isNotNull();
      assertThat(Sha256.of(bytes)).isEqualTo(object.sha256());
      all.write(bytes);
    }
    assertThat(Sha256.of(all.toByteArray())).isEqualTo(entry.sha256());
    return all.toByteArray();
  }
}
