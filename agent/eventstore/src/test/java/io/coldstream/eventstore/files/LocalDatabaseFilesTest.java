package io.coldstream.eventstore.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.coldstream.eventstore.DatabaseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDatabaseFilesTest {

  @TempDir
  Path folder;

  private final DatabaseFiles files = new LocalDatabaseFiles();

  @Test
  void aListingFollowsLinksAndIsInOrder() throws IOException {
    Files.write(folder.resolve("b"), new byte[5]);
    Files.createDirectory(folder.resolve("a"));
    Files.createSymbolicLink(folder.resolve("d"), folder.resolve("b"));
    Files.createSymbolicLink(folder.resolve("c"), folder.resolve("a"));
    Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nothing"));
    Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
    Files.createSymbolicLink(folder.resolve("through"), folder.resolve("b").resolve("x"));
    assertThat(files.list(folder))
        .extracting(FileEntry::name, FileEntry::kind, FileEntry::lengthBytes)
        .containsExactly(
            tuple("a", FileEntry.Kind.FOLDER, 0L),
            tuple("b", FileEntry.Kind.FILE, 5L),
            tuple("c", FileEntry.Kind.FOLDER, 0L),
            tuple("d", FileEntry.Kind.FILE, 5L),
            tuple("dangling", FileEntry.Kind.OTHER, 0L),
            tuple("loop", FileEntry.Kind.OTHER, 0L),
            tuple("through", FileEntry.Kind.OTHER, 0L));
  }

  @Test
  void whatIsNoFolderIsNotListed() throws IOException {
    Files.write(folder.resolve("file"), new byte[1]);
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> files.list(folder.resolve("gone")));
    assertThatExceptionOfType(NotDirectoryException.class)
        .isThrownBy(() -> files.list(folder.resolve("file")));
  }

  @Test
  void whatIsNoFileIsNotOpened() throws IOException {
    Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nothing"));
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> files.open(folder.resolve("gone")));
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> files.open(folder.resolve("dangling")));
    assertThatIOException().isThrownBy(() -> files.open(folder)).withMessageContaining("regular");
  }

  @Test
  void anOpenFileKeepsTheBytesOfAnUnlinkedOne() throws IOException {
    Path path = folder.resolve("file");
    Files.write(path, new byte[] {1, 2, 3, 4});
    try (OpenFile file = files.open(path)) {
      Files.delete(path);
      assertThat(file.name()).isEqualTo("file");
      assertThat(file.lengthBytes()).isEqualTo(4);
      assertThat(file.readFully(1, 2)).containsExactly(2, 3);
      assertThat(file.read(ByteBuffer.allocate(1), 4)).isEqualTo(-1);
    }
  }

  @Test
  void aFileThatEndsTooEarlyHasChanged() throws IOException {
    Path path = folder.resolve("file");
    Files.write(path, new byte[4]);
    try (OpenFile file = files.open(path)) {
      assertThatExceptionOfType(DatabaseException.class)
          .isThrownBy(() -> file.readFully(2, 3))
          .withMessageContaining("file: ends at 4, expected were 3 bytes from 2")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(DatabaseException.Kind.CHANGED));
    }
  }

  @Test
  void theIndexFolderMayLieElsewhereButNotInTheSamePlace() {
    assertThat(DatabaseFolders.of(folder, Optional.empty()).index())
        .isEqualTo(folder.resolve("index"));
    assertThat(DatabaseFolders.of(folder, Optional.of(Path.of("other"))).index())
        .isEqualTo(Path.of("other"));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> DatabaseFolders.of(folder, Optional.of(folder.resolve("index").resolve(".."))));
  }

  @Test
  void anEntryHasABareName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FileEntry("a/b", FileEntry.Kind.FILE, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FileEntry("a", FileEntry.Kind.FILE, -1));
  }
}
