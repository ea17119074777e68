package io.coldstream.core.support.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.coldstream.store.testkit.OddFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What both disks must do alike. */
class DiskTest {

  @TempDir
  static Path folder;

  static Stream<Disk> disks() {
    return Stream.of(new LocalDisk(), new CrashingDisk());
  }

  private static Path fresh(Disk disk, String name) throws IOException {
    Path path = folder.resolve(name);
    disk.createFolders(path);
    return path;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("disks")
  void writesWholeFilesAndReplacesThem(Disk disk) throws IOException {
    Path at = fresh(disk, "whole");
    disk.write(at.resolve("writer.chk"), bytes("one"));
    disk.write(at.resolve("writer.chk"), bytes("second"));

    assertThat(disk.read(at.resolve("writer.chk"), 6)).isEqualTo(bytes("second"));
    assertThat(disk.list(at)).extracting(DiskEntry::name).containsExactly("writer.chk");
    assertThatThrownBy(() -> disk.read(at.resolve("writer.chk"), 5))
        .isInstanceOf(DiskException.class)
        .hasMessageContaining("longer than 5 bytes");
  }

  @ParameterizedTest
  @MethodSource("disks")
  void appendsFromWhereTheFileEnded(Disk disk) throws IOException {
    Path file = fresh(disk, "append").resolve("chunk");
    try (DiskFile out = disk.append(file)) {
      out.write(bytes("xabcx"), 1, 3);
      out.sync();
    }
    try (DiskFile out = disk.append(file)) {
      assertThat(out.lengthBytes()).isEqualTo(3);
      out.write(bytes("de"), 0, 2);
    }
    try (InputStream in = disk.open(file)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes("abcde"));
    }
  }

  @ParameterizedTest
  @MethodSource("disks")
  void movesOverAFileAndListsInOrder(Disk disk) throws IOException {
    Path at = fresh(disk, "move");
    disk.createFolder(at.resolve("staging"));
    disk.write(at.resolve("b"), bytes("old"));
    disk.write(at.resolve("a"), bytes("other"));
    disk.write(at.resolve("staging/b"), bytes("newer"));
    disk.move(at.resolve("staging/b"), at.resolve("b"));

    assertThat(disk.list(at)).extracting(DiskEntry::name).containsExactly("a", "b", "staging");
    assertThat(disk.look(at.resolve("b")).orElseThrow().lengthBytes()).isEqualTo(5);
    assertThat(disk.look(at.resolve("staging")).orElseThrow().isFolder()).isTrue();
    assertThat(disk.list(at.resolve("staging"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("disks")
  void deletesFilesAndFoldersAlsoThoseThatAreNotThere(Disk disk) throws IOException {
    Path at = fresh(disk, "delete");
    disk.createFolders(at.resolve("x/y"));
    disk.write(at.resolve("x/y/z"), bytes("z"));
    disk.deleteFolder(at.resolve("x"));
    disk.deleteFolder(at.resolve("x"));
    disk.delete(at.resolve("nothing"));

    assertThat(disk.list(at)).isEmpty();
    assertThat(disk.look(at.resolve("x"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("disks")
  void aMissingOrConflictingNameIsReported(Disk disk) throws IOException {
    Path at = fresh(disk, "missing");
    disk.write(at.resolve("file"), bytes("f"));

    assertKind(() -> disk.list(at.resolve("none")), DiskException.Kind.MISSING);
    assertKind(() -> disk.open(at.resolve("none")), DiskException.Kind.MISSING);
    assertKind(() -> disk.append(at.resolve("none/file")), DiskException.Kind.MISSING);
    assertKind(() -> disk.move(at.resolve("none"), at.resolve("n")), DiskException.Kind.MISSING);
    assertKind(() -> disk.createFolder(at.resolve("file")), DiskException.Kind.FAILED);
    disk.createFolders(at.resolve("full/inner"));
    assertKind(() -> disk.delete(at.resolve("full")), DiskException.Kind.FAILED);
  }

  @ParameterizedTest
  @MethodSource("disks")
  void knowsSpaceFileSystemAndUser(Disk disk) throws IOException {
    Path at = fresh(disk, "space");

    assertThat(disk.freeBytes(at.resolve("not/yet"))).isPositive();
    assertThat(disk.fileSystem(at.resolve("not/yet"))).isEqualTo(disk.fileSystem(at));
    assertThat(disk.look(at).orElseThrow().owner().user()).isEqualTo(disk.user().user());
    assertThat(disk.real(at.resolve("not/../yet")).endsWith("space/yet")).isTrue();
  }

  @ParameterizedTest
  @MethodSource("disks")
  void filesChangeOwnerBeforeTheyGetTheirName(Disk disk) throws IOException {
    Disk own = disk.ownedBy(disk.user());
    Path at = fresh(own, "owned");
    own.write(at.resolve("file"), bytes("f"));

    assertThat(own.look(at.resolve("file")).orElseThrow().owner()).isEqualTo(disk.user());
  }

  @ParameterizedTest
  @MethodSource("disks")
  void leavesTheOldContentWhenAWriteFails(Disk disk) throws IOException {
    Path at = fresh(disk, "fails");
    disk.createFolders(at.resolve("taken/inner"));

    // A folder has the name: the rename fails, and nothing unfinished is left.
    assertKind(() -> disk.write(at.resolve("taken"), bytes("x")), DiskException.Kind.FAILED);
    assertThat(disk.list(at)).extracting(DiskEntry::name).containsExactly("taken");
  }

  @ParameterizedTest
  @MethodSource("disks")
  void aLockedFileIsRefusedToOthers(Disk disk) throws IOException {
    Path file = fresh(disk, "lock").resolve("lock");
    try (Closeable held = disk.lock(file)) {
      assertThat(held).isNotNull();
      assertKind(() -> disk.lock(file), DiskException.Kind.IN_USE);
    }
    disk.lock(file).close();
  }

  private interface Action {
    void run() throws IOException;
  }

  private static void assertKind(Action action, DiskException.Kind kind) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(DiskException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void aPipeIsRefusedAndNotWaitedFor() throws IOException {
    LocalDisk disk = new LocalDisk();
    Path pipe = OddFiles.pipe(fresh(disk, "pipes").resolve("pipe"));

    assertKind(() -> disk.open(pipe), DiskException.Kind.FAILED);
    assertKind(() -> disk.append(pipe), DiskException.Kind.FAILED);
    assertKind(() -> disk.lock(pipe), DiskException.Kind.FAILED);
    assertThatThrownBy(() -> disk.open(pipe)).hasMessageContaining("not a regular file");
  }

  /** A folder of /proc stands for a share: its fsync is an invalid argument. */
  @Test
  void aFolderThatCannotBeSyncedIsPassedOverWithOneWarning() throws IOException {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "this is not Linux");
    List<String> warnings = new ArrayList<>();
    Disk disk = new LocalDisk(warnings::add);

    disk.sync(Path.of("/proc/self"));
    disk.ownedBy(disk.user()).sync(Path.of("/proc/self/task"));

    assertThat(warnings).singleElement().asString().contains("/proc/self ", "cannot sync");
    assertKind(() -> disk.sync(folder.resolve("none")), DiskException.Kind.MISSING);
  }

  @Test
  void aReadOnlyFileSystemIsNotTakenForAMissingPermission() {
    Path file = Path.of("/data/file");
    IOException readOnly = new FileSystemException("/data/file", null, "Read-only file system");

    assertThat(DiskException.of("open", file, readOnly).kind())
        .isEqualTo(DiskException.Kind.READ_ONLY);
    assertThat(DiskException.of("open", file, new AccessDeniedException("/data/file"))
            .kind())
        .isEqualTo(DiskException.Kind.NO_ACCESS);
  }

  @Test
  void aNameThatIsNotTextIsRefused() throws IOException {
    LocalDisk disk = new LocalDisk();
    Path at = fresh(disk, "names");
    OddFiles.unreadableName(at);

    assertKind(() -> disk.list(at), DiskException.Kind.FAILED);
    assertThatThrownBy(() -> disk.list(at))
        .hasMessageContainingAll(at.toString(), "not text", "rename it");
  }

  @Test
  void doesNotFollowLinks() throws IOException {
    LocalDisk disk = new LocalDisk();
    Path at = fresh(disk, "links");
    disk.write(at.resolve("secret"), bytes("s"));
    Files.createSymbolicLink(at.resolve("link"), at.resolve("secret"));

    assertThat(disk.look(at.resolve("link")).orElseThrow().kind()).isEqualTo(DiskEntry.Kind.OTHER);
    assertThatThrownBy(() -> disk.append(at.resolve("link"))).isInstanceOf(DiskException.class);
    Files.createSymbolicLink(at.resolve("way"), at);
    assertKind(() -> disk.deleteFolder(at.resolve("way")), DiskException.Kind.FAILED);
    assertThat(at.resolve("secret")).exists();
    assertThat(disk.real(at.resolve("way/new"))).isEqualTo(at.toRealPath().resolve("new"));
  }
}
