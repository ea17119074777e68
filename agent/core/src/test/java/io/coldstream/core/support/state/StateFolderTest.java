package io.coldstream.core.support.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.support.disk.LocalDisk;
import io.coldstream.store.testkit.OddFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {

  private static final String ID = "0123456789abcdefghjkmnpqrs";

  @TempDir
  Path temp;

  @Test
  void aHintIsRememberedForItsRepository() throws Exception {
    StateFolder folder = new StateFolder(new LocalDisk(), temp.resolve("a/b"));
    assertThat(folder.newest(ID)).isZero();
    folder.remember(ID, 41);
    folder.remember(ID, 42);
    assertThat(folder.newest(ID)).isEqualTo(42);
    assertThat(folder.newest("z".repeat(26))).isZero();
    assertThat(new StateFolder(new LocalDisk(), temp.resolve("a/b")).newest(ID)).isEqualTo(42);
  }

  @Test
  void anUnreadableHintIsIgnored() throws Exception {
    StateFolder folder = new StateFolder(new LocalDisk(), temp);
    folder.remember(ID, 42);
    Path file = files().get(0);
    for (String damage : List.of(
        "",
        "x",
        "-3",
        "42\n",
        "42 " + ID,
        "42 " + "z".repeat(26) + "\n",
        "9".repeat(20) + " " + ID + "\n",
        "1".repeat(200))) {
      Files.writeString(file, damage);
      assertThat(folder.newest(ID)).as(damage).isZero();
    }
  }

  @Test
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void aPipeInPlaceOfAHintIsNoHintAndIsReplaced() throws Exception {
    StateFolder folder = new StateFolder(new LocalDisk(), temp);
    folder.remember(ID, 42);
    Path file = files().get(0);
    Files.delete(file);
    OddFiles.pipe(file);

    assertThat(folder.newest(ID)).isZero();
    folder.remember(ID, 43);
    assertThat(folder.newest(ID)).isEqualTo(43);
  }

  @Test
  void nothingButTheNumberAndTheIdIsKept() throws Exception {
    new StateFolder(new LocalDisk(), temp).remember(ID, 42);
    assertThat(files()).hasSize(1);
    assertThat(Files.readString(files().get(0))).isEqualTo("42 " + ID + "\n");
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> list = Files.list(temp)) {
      return list.toList();
    }
  }
}
