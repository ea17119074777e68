package io.coldstream.core.support.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.store.disk.DiskLimits;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lock as another process sees it. */
class LockTest {

  @TempDir
  Path folder;

  /** The other process: tries to take the lock, and notes in the second file how that went. */
  static final class Other {

    private Other() {}

    public static void main(String[] arguments) throws Exception {
      Path answer = Path.of(arguments[1]);
      try (Closeable lock = new LocalDisk().lock(Path.of(arguments[0]))) {
        Files.writeString(answer, lock == null ? "none" : "taken");
      } catch (DiskException e) {
        Files.writeString(answer, e.kind().name());
      }
    }
  }

  @Test
  void aSecondLockInTheSameProcessIsRefusedAndTheFirstStays() throws Exception {
    Files.createSymbolicLink(folder.resolve("way"), folder);
    Path file = folder.resolve("lock");
    Closeable held = new LocalDisk().lock(file);
    try {
      assertThatThrownBy(() -> new LocalDisk().lock(file)).isInstanceOf(DiskException.class);
      assertThatThrownBy(() -> new LocalDisk().lock(folder.resolve("way/lock")))
          .isInstanceOf(DiskException.class);
      assertThat(askedByAnotherProcess(file)).isEqualTo("IN_USE");
    } finally {
      held.close();
    }
    assertThat(askedByAnotherProcess(file)).isEqualTo("taken");
    Closeable again = new LocalDisk().lock(file);
    held.close();
    assertThat(askedByAnotherProcess(file)).isEqualTo("IN_USE");
    again.close();
  }

  private String askedByAnotherProcess(Path file) throws Exception {
    Path answer = folder.resolve("answer");
    Files.deleteIfExists(answer);
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx32m",
            "-XX:+UseSerialGC",
            "-cp",
            Stream.of(LocalDisk.class, DiskLimits.class, Other.class)
                .map(LockTest::classes)
                .collect(Collectors.joining(File.pathSeparator)),
            Other.class.getName(),
            file.toString(),
            answer.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      return Files.readString(answer);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String classes(Class<?> of) {
    return of.getProtectionDomain().getCodeSource().getLocation().getPath();
  }

  @Test
  void aFileSystemWithoutLocksIsUsedWithoutOneAndWarnedOfOnce() throws IOException {
    List<String> warnings = new ArrayList<>();
    DiskLimits limits = new DiskLimits(warnings::add);
    LocalLock.Attempt lockless = channel -> {
      throw new IOException("No locks available");
    };
    Path file = folder.resolve("lock");

    try (Closeable held = LocalLock.take(file, limits, lockless)) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> LocalLock.take(file, limits, lockless))
          .isInstanceOf(DiskException.class)
          .hasMessageContaining("another process is using it");
    }
    LocalLock.take(file, limits, lockless).close();

    assertThat(warnings)
        .singleElement()
        .asString()
        .contains(folder + " has no file locks", "no other process restores");
  }

  @Test
  void aLockThatFailsOtherwiseIsTold() {
    LocalLock.Attempt broken = channel -> {
      throw new IOException("Input/output error");
    };
    Path file = folder.resolve("lock");
    DiskLimits limits = new DiskLimits(warning -> {});

    assertThatThrownBy(() -> LocalLock.take(file, limits, broken)).hasMessage("Input/output error");
  }
}
