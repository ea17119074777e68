package io.coldstream.core.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.IndexEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.Manifests;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.restore.PositionEdit;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.testing.model.Profile;
import io.coldstream.eventstore.testing.model.WriterModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests that promise what no database can have. */
class BackupProofTest {

  @TempDir
  Path folder;

  private TestRepository backUp(int steps) throws Exception {
    WriterModel model =
        new WriterModel(WriterModel.Settings.of(Profile.V24_10, 5).steady());
    model.run(steps);
    model.snapshot().writeTo(folder);
    return TestRepository.of(folder);
  }

  private static void assertDamaged(TestRepository repository, String saying) {
    assertThatThrownBy(() -> BackupFiles.read(repository.open(), 1))
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REPOSITORY_DAMAGED))
        .hasMessageContaining(saying);
  }

  @Test
  void aChunkSizeAboveTheHeaderLimitIsRefused() throws Exception {
    // With a single chunk nothing else depends on the size.
    TestRepository repository = backUp(25);
    Manifest manifest = repository.open().manifest(1);
    assertThat(manifest.files().pages()).isEmpty();
    repository.alter(Layout.manifest(1), bytes -> {
      String text = new String(bytes, StandardCharsets.UTF_8);
      String size = "\"chunkSize\" : " + manifest.log().chunkSizeBytes();
      assertThat(text).contains(size);
      return Manifests.redigested(text.replace(size, "\"chunkSize\" : 3000000000"));
    });

    assertDamaged(repository, "its chunk size is 3000000000 bytes");
  }

  @Test
  void anIndexMapAboveTheSizeLimitIsRefused() throws Exception {
    TestRepository repository = backUp(300);
    Manifest manifest = repository.open().manifest(1);
    IndexEntry index = manifest.files().index().orElseThrow();
    StoredBytes map = index.map().objects().get(0);
    FileEntry longMap = FileEntry.plain(
        index.map().name(),
        new StoredBytes(map.object(), (1 << 20) + 1, map.sha256()),
        Optional.empty());
    repository.put(PositionEdit.with(
        manifest,
        Optional.of(new IndexEntry(longMap, index.files(), index.commitCheckpoint())),
        manifest.files().activeChunk()));

    assertDamaged(repository, "longer than any index map");
  }

  @Test
  void anIndexThatEndsAtANegativePositionIsRefusedByItsPosition() throws Exception {
    TestRepository repository = backUp(300);
    Manifest manifest = repository.open().manifest(1);
    IndexEntry index = manifest.files().index().orElseThrow();
    repository.put(PositionEdit.with(
        manifest,
        Optional.of(new IndexEntry(index.map(), index.files(), -1)),
        manifest.files().activeChunk()));

    assertDamaged(repository, "its index ends at the negative position -1");
  }

  @Test
  void anIndexMapThatEndsElsewhereThanTheManifestSaysIsAFault() throws Exception {
    IndexEntry index = backUp(300).open().manifest(1).files().index().orElseThrow();
    long end = index.commitCheckpoint();
    byte[] map = Files.readAllBytes(folder.resolve("index").resolve("indexmap"));

    assertThat(IndexProof.fault(index, map)).isEmpty();
    assertThat(IndexProof.fault(new IndexEntry(index.map(), index.files(), end + 1), map))
        .contains("ends at " + end + ", but the manifest says " + (end + 1));
  }
}
