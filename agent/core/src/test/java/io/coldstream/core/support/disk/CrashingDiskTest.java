package io.coldstream.core.support.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.support.disk.CrashingDisk.Loss;
import io.coldstream.store.testkit.Crash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the fake forgets, where it dies, and that {@link Disk#write} stands that. */
class CrashingDiskTest {

  private static final Path AT = Path.of("/db");
  private static final Path FILE = AT.resolve("chaser.chk");

  private static CrashingDisk withFile(String content) throws IOException {
    CrashingDisk disk = new CrashingDisk();
    disk.createFolders(AT);
    disk.write(FILE, content.getBytes(StandardCharsets.UTF_8));
    return disk;
  }

  @Test
  void forgetsContentThatWasNotSynced() throws IOException {
    CrashingDisk disk = withFile("ab");
    disk.append(FILE).write("cd".getBytes(StandardCharsets.UTF_8), 0, 2);

    assertThat(disk.afterCrash(Loss.NOTHING).read(FILE, 9))
        .isEqualTo("abcd".getBytes(StandardCharsets.UTF_8));
    assertThat(disk.afterCrash(Loss.UNSYNCED_CONTENT).read(FILE, 9))
        .isEqualTo("ab".getBytes(StandardCharsets.UTF_8));
    assertThat(disk.afterCrash(Loss.ALL_UNSYNCED).read(FILE, 9))
        .isEqualTo("ab".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void forgetsNamesWhoseFolderWasNotSynced() throws IOException {
    CrashingDisk disk = withFile("ab");
    disk.move(FILE, AT.resolve("moved"));

    assertThat(disk.afterCrash(Loss.UNSYNCED_CONTENT).look(FILE)).isEmpty();
    assertThat(disk.afterCrash(Loss.ALL_UNSYNCED).look(FILE)).isPresent();
    disk.sync(AT);
    assertThat(disk.afterCrash(Loss.ALL_UNSYNCED).look(FILE)).isEmpty();
    assertThat(disk.afterCrash(Loss.ALL_UNSYNCED).look(AT.resolve("moved"))).isPresent();
  }

  @Test
  void forgetsANewFolderWithAllInIt() throws IOException {
    CrashingDisk disk = new CrashingDisk();
    disk.createFolder(AT);
    disk.write(FILE, "x".getBytes(StandardCharsets.UTF_8));

    assertThat(disk.afterCrash(Loss.ALL_UNSYNCED).look(AT)).isEmpty();
  }

  @Test
  void isDeadAfterItsCrash() throws IOException {
    CrashingDisk disk = withFile("ab").crashAt(2);
    disk.look(FILE);

    assertThatThrownBy(() -> disk.look(FILE)).isInstanceOf(Crash.class);
    assertThatThrownBy(() -> disk.list(AT)).isInstanceOf(Crash.class);
    assertThat(disk.happened()).isTrue();
    assertThat(disk.copy().list(AT)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(DiskException.Kind.class)
  void failsOnceAsPlanned(DiskException.Kind kind) throws IOException {
    CrashingDisk disk = withFile("ab").failAt(1, kind);

    assertThatThrownBy(() -> disk.look(FILE))
        .isInstanceOfSatisfying(DiskException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    assertThat(disk.look(FILE)).isPresent();
  }

  @Test
  void isFullAtItsCapacity() throws IOException {
    CrashingDisk disk = withFile("ab").capacity(5);

    assertThat(disk.freeBytes(AT)).isEqualTo(3);
    assertThatThrownBy(() -> disk.write(FILE, "four".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            DiskException.class, e -> assertThat(e.kind()).isEqualTo(DiskException.Kind.NO_SPACE));
    assertThat(disk.read(FILE, 9)).isEqualTo("ab".getBytes(StandardCharsets.UTF_8));
    assertThat(disk.list(AT)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void aWriteIsAtomic(Loss loss) throws IOException {
    Set<String> met = new TreeSet<>();
    for (int n = 1; ; n++) {
      CrashingDisk disk = withFile("old").crashAt(n);
      try {
        disk.write(FILE, "newer".getBytes(StandardCharsets.UTF_8));
      } catch (Crash expected) {
        met.add(new String(disk.afterCrash(loss).read(FILE, 9), StandardCharsets.UTF_8));
      }
      if (!disk.happened()) {
        assertThat(disk.afterCrash(loss).read(FILE, 9))
            .isEqualTo("newer".getBytes(StandardCharsets.UTF_8));
        break;
      }
    }

    assertThat(met).isSubsetOf("newer", "old").contains("old");
  }

  @ParameterizedTest
  @EnumSource(DiskException.Kind.class)
  void aWriteThatFailsLeavesNothingUnfinished(DiskException.Kind kind) throws IOException {
    for (int n = 1; ; n++) {
      CrashingDisk disk = withFile("old").failAt(n, kind);
      try {
        disk.write(FILE, "newer".getBytes(StandardCharsets.UTF_8));
      } catch (DiskException expected) {
        assertThat(disk.list(AT)).hasSize(1);
      }
      if (!disk.happened()) {
        assertThat(n).isGreaterThan(4);
        break;
      }
    }
  }

  @Test
  void filesBelongToTheWorkerOrToWhomTheyAreGiven() throws IOException {
    CrashingDisk disk = withFile("a").workedBy(new Owner(0, 0));
    Disk given = disk.ownedBy(new Owner(7, 8));
    given.write(AT.resolve("b"), "b".getBytes(StandardCharsets.UTF_8));
    disk.give(FILE, new Owner(5, 6));

    assertThat(disk.look(AT.resolve("b")).orElseThrow().owner()).isEqualTo(new Owner(7, 8));
    assertThat(disk.look(FILE).orElseThrow().owner()).isEqualTo(new Owner(5, 6));
  }
}
