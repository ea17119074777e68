package io.coldstream.store.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskLimitsTest {

  private static final Path FOLDER = Path.of("/share/repo");

  private final List<String> warnings = new ArrayList<>();
  private final DiskLimits limits = new DiskLimits(warnings::add);

  private static DiskLimits.FolderSync failing(IOException e) {
    return folder -> {
      throw e;
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Invalid argument",
        "Operation not supported",
        "Not supported",
        "Function not implemented"
      })
  void aFolderThatCannotBeSyncedIsPassedOverWithOneWarning(String text) throws IOException {
    limits.sync(FOLDER, failing(new IOException(text)), "then run verify");
    limits.sync(
        FOLDER.resolve("chunks"),
        failing(new FileSystemException("x", null, text)),
        "then run verify");

    assertThat(warnings).singleElement().asString().contains("/share/repo ", text, "run verify");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Input/output error",
        "I/O error",
        "No space left on device",
        "Permission denied",
        "Stale file handle"
      })
  void anyOtherFailureOfASyncIsThrown(String text) {
    IOException failure = new IOException(text);

    assertThatThrownBy(() -> limits.sync(FOLDER, failing(failure), "")).isSameAs(failure);
    assertThat(warnings).isEmpty();
  }

  @Test
  void aFailureWithoutATextIsThrown() {
    IOException failure = new IOException();

    assertThatThrownBy(() -> limits.sync(FOLDER, failing(failure), "")).isSameAs(failure);
  }

  @Test
  void aRealFolderIsSynced(@TempDir Path real) throws IOException {
    limits.sync(real, DiskLimits::force, "");

    assertThat(warnings).isEmpty();
    assertThatThrownBy(() -> limits.sync(real.resolve("none"), DiskLimits::force, ""))
        .isInstanceOf(IOException.class);
  }

  /** What Java makes of a real EINVAL: a folder of /proc cannot be synced. */
  @Test
  void aRealFileSystemWithoutFolderSyncIsPassedOver() throws IOException {
    Path folder = Path.of("/proc/self");
    assumeTrue(Files.isDirectory(folder), "this is not Linux");

    assertThatThrownBy(() -> DiskLimits.force(folder)).isInstanceOf(IOException.class);
    limits.sync(folder, DiskLimits::force, "");

    assertThat(warnings).singleElement().asString().contains("/proc/self", "Invalid argument");
  }

  @Test
  void missingLocksAreWarnedOfOnceAndOtherFailuresAreNotTakenForThem() {
    assertThat(limits.hasNoLocks(FOLDER, new IOException("No locks available"), "take care"))
        .isTrue();
    assertThat(limits.hasNoLocks(FOLDER, new IOException("Function not implemented"), "take care"))
        .isTrue();
    assertThat(limits.hasNoLocks(FOLDER, new IOException("Input/output error"), "take care"))
        .isFalse();
    assertThat(limits.hasNoLocks(FOLDER, new IOException("Invalid argument"), "take care"))
        .isFalse();

    assertThat(warnings).singleElement().asString().contains("no file locks", "take care");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lost+found",
        ".snapshot",
        ".nfs000000000012345600000001",
        "..data",
        "..2026_01_02_03_04_05.123456789",
        "$RECYCLE.BIN",
        "@eaDir",
        "System Volume Information",
        ".Trash-1000",
        ".DS_Store",
        ".fuse_hidden0000000100000001"
      })
  void whatAFileSystemPutsThereIsForeign(String name) {
    assertThat(ForeignNames.contains(name)).isTrue();
    assertThat(ForeignNames.isDeleted(name)).isEqualTo(name.startsWith(".nfs"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"chunk-000000.000000", "index", "writer.chk", ".nfs", ".nfsx", "..", "..climbs-not"
      })
  void anyOtherNameIsNot(String name) {
    assertThat(ForeignNames.contains(name)).isFalse();
  }
}
