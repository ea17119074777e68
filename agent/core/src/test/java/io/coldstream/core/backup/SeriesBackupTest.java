package io.coldstream.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.manifest.FileEntry;
import io.coldstream.core.manifest.Manifest;
import io.coldstream.core.manifest.PageEntry;
import io.coldstream.core.manifest.Sha256;
import io.coldstream.core.manifest.StoredBytes;
import io.coldstream.core.repository.Repository;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.store.ObjectName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
        assertThat(bed.manifest(1).positions().writer())
            .isEqualTo(fixture.expected(state).writer());
      }
    }
  }

  /** Every file of a backup, put together from its objects, is what the directory holds. */
  static void assertHolds(Bed bed, Manifest manifest, Path database) throws Exception {
    for (FileEntry entry : chunks(bed.repository(), manifest)) {
      byte[] stored = bytes(bed, entry);
      byte[] file = Files.readAllBytes(database.resolve(entry.name()));
      assertThat(stored).isEqualTo(Arrays.copyOf(file, stored.length));
      if (entry.chunk().orElseThrow().footerMd5().isPresent()) {
        assertThat(stored.length).isEqualTo(file.length);
      }
    }
    if (manifest.index().isPresent()) {
      for (FileEntry entry : manifest.index().get().all()) {
        assertThat(bytes(bed, entry))
            .isEqualTo(Files.readAllBytes(database.resolve("index").resolve(entry.name())));
      }
    }
    for (FileEntry entry : manifest.checkpoints()) {
      assertThat(bytes(bed, entry)).isEqualTo(Files.readAllBytes(database.resolve(entry.name())));
    }
  }

  static List<FileEntry> chunks(Repository repository, Manifest manifest) throws Exception {
    List<FileEntry> entries = new ArrayList<>();
    for (PageEntry page : manifest.pages()) {
      entries.addAll(repository.page(page));
    }
    manifest.activeChunk().ifPresent(entries::add);
    return entries;
  }

  static byte[] bytes(Bed bed, FileEntry entry) throws IOException {
    Map<ObjectName, byte[]> contents = bed.memory.contents();
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
