package io.coldstream.core.backup.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.StartGuardValues;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.files.DatabaseFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a capture makes of folders that hold no database, or one that it must not touch. */
class CaptureBadFoldersTest {

  @TempDir
  private Path folder;

  private Rig rig;

  @BeforeEach
  void unpack() {
    rig = Rig.orders(folder);
  }

  @Test
  void aMissingDatabaseFolderIsAUsageError() {
    assertThat(new Rig(folder.resolve("nowhere")).refused(Kind.USAGE))
        .contains("--db", "nowhere", "no such folder");
  }

  @Test
  void aFolderWithoutADatabaseIsAUsageError() throws Exception {
    Path other = Files.createDirectory(folder.resolve("photos"));
    Files.writeString(other.resolve("cat.jpg"), "meow");
    assertThat(new Rig(other).refused(Kind.USAGE)).contains("--db", "holds no database");
  }

  @Test
  void aFileAsDatabaseFolderIsAUsageError() throws Exception {
    Path file = Files.writeString(folder.resolve("db.txt"), "");
    assertThat(new Rig(file).refused(Kind.USAGE)).contains("--db", "is a file");
  }

  @Test
  void anUnreadableDatabaseFolderIsRefused() {
    rig.through(files -> FailingFiles.denying(files, ""));
    assertThat(rig.refused(Kind.SOURCE_REFUSED)).contains(rig.db.toString(), "no read permission");
  }

  @Test
  void anUnreadableDatabaseFileIsRefused() {
    rig.through(files -> FailingFiles.denying(files, "chunk-000003.000000"));
    assertThat(rig.refused(Kind.SOURCE_REFUSED))
        .contains("chunk-000003.000000", "no read permission", "read access");
    assertThat(rig.pauses).isZero();
  }

  @Test
  void aFileWithAReadErrorIsRefused() {
    rig.through(files -> FailingFiles.breaking(files, "chunk-000003.000000"));
    assertThat(rig.refused(Kind.SOURCE_REFUSED))
        .contains(rig.db.toString(), "cannot be read", "Input/output error");
  }

  @Test
  void aMissingIndexFolderIsAUsageError() {
    rig.with(
        settings -> CaptureSettings.of(new DatabaseFolders(rig.db, folder.resolve("no-index"))));
    assertThat(rig.refused(Kind.USAGE)).contains("--index", "no-index");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anUnfinishedRestoreIsRefused(boolean writerIsReal) {
    rig.checkpoint("chaser.chk", StartGuardValues.CHASER);
    if (!writerIsReal) {
      rig.checkpoint("writer.chk", StartGuardValues.WRITER);
    }
    assertThat(rig.refused(Kind.SOURCE_REFUSED)).contains("an unfinished restore", "--discard");
    assertThat(rig.pauses).isZero();
  }

  @Test
  void anUnfinishedTruncatingRestoreIsRefused() {
    rig.checkpoint("chaser.chk", StartGuardValues.CHASER);
    rig.checkpoint("truncate.chk", 4000);
    assertThat(rig.refused(Kind.SOURCE_REFUSED)).contains("an unfinished restore");
  }
}
