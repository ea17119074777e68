package io.coldstream.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.IndexEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.restore.PositionEdit;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.testing.model.Profile;
import io.coldstream.eventstore.testing.model.WriterModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects that are right, each by itself, and do not make the files that a manifest promises. */
class WholeCheckTest {

  @TempDir
  Path folder;

  private TestRepository repository;
  private long newest;

  /** Until the active chunk of the newest backup goes on where that of the one before it ended. */
  @BeforeEach
  void backUp() throws Exception {
    WriterModel model =
        new WriterModel(WriterModel.Settings.of(Profile.V24_10, 5).steady());
    model.run(300);
    model.snapshot().writeTo(folder.resolve("0"));
    repository = TestRepository.of(folder.resolve("0"));
    newest = 1;
    while (newest < 2 || active(newest - 1).isEmpty() || !goesOn()) {
      assertThat(newest).isLessThan(60);
      model.run(1);
      model.snapshot().writeTo(folder.resolve("" + newest));
      newest = repository.backUp(folder.resolve("" + newest)).sequence();
    }
  }

  private boolean goesOn() throws RunException {
    List<StoredBytes> before = active(newest - 1);
    List<StoredBytes> now = active(newest);
    return now.size() > before.size() && now.subList(0, before.size()).equals(before);
  }

  private List<StoredBytes> active(long backup) throws RunException {
    return repository
        .open()
        .manifest(backup)
        .files()
        .activeChunk()
        .map(FileEntry::objects)
        .orElse(List.of());
  }

  private VerifyReport verify(VerifyOptions options) throws RunException {
    return new TestVerify().run(repository.open(), options);
  }

  private void promiseAnotherActiveChunk(long backup) throws RunException {
    Manifest manifest = repository.open().manifest(backup);
    FileEntry active = manifest.files().activeChunk().orElseThrow();
    FileEntry other = new FileEntry(
        active.name(),
        active.objects(),
        active.lengthBytes(),
        Sha256.of(new byte[1]),
        active.encoding(),
        active.keyId(),
        active.chunk());
    repository.put(PositionEdit.with(manifest, manifest.files().index(), Optional.of(other)));
  }

  private void assertContradiction(long backup, String fault) throws RunException {
    verify(VerifyOptions.structure()).requireGood();
    VerifyReport report = verify(VerifyOptions.data());
    assertThat(report.findings()).hasSize(1);
    Finding finding = report.findings().get(0);
    assertThat(finding.object()).isEqualTo(Layout.manifest(backup));
    assertThat(finding.fault()).contains("backup " + backup + " is inconsistent", fault);
    assertThat(finding.repair()).isEmpty();
  }

  @Test
  void soundSegmentsAreAllRead() throws Exception {
    VerifyReport report = verify(VerifyOptions.data());

    report.requireGood();
    assertThat(report.counts().readObjects()).isEqualTo(report.counts().objects());
  }

  @Test
  void segmentsThatAreNotTheFile() throws Exception {
    promiseAnotherActiveChunk(newest);
    assertContradiction(newest, "its SHA-256 differs");
  }

  @Test
  void segmentsThatAreNotTheBeginningThatAnOlderBackupPromises() throws Exception {
    promiseAnotherActiveChunk(newest - 1);
    assertContradiction(newest - 1, "does not match the content of its objects");
  }

  @Test
  void anIndexMapThatListsMore() throws Exception {
    Manifest manifest = repository.open().manifest(newest);
    IndexEntry index = manifest.files().index().orElseThrow();
    IndexEntry without = new IndexEntry(index.map(), List.of(), index.commitCheckpoint());
    repository.put(
        PositionEdit.with(manifest, Optional.of(without), manifest.files().activeChunk()));

    assertContradiction(newest, "its index map lists");
  }
}
