package io.coldstream.core.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.eventstore.testing.model.SyntheticDatabase;
import io.coldstream.eventstore.testing.model.SyntheticDatabase.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore whose process is killed (SIGKILL) in the middle of large files goes on within them. */
class KilledRestoreTest {

  private static final int KILLS = 20;

  /** What a stream may have fetched and not written: a reader's buffer, far less than a part. */
  private static final long LOST_BYTES = 256 << 10;

  private static final long LONGEST_SECONDS = 240;

  @TempDir
  Path folder;

  @Test
  void fetchesNothingTwiceButWhatWasUnderWay() throws Exception {
    Path database = folder.resolve("db");
    SyntheticDatabase.write(database, Shape.large(2, 8 << 20));
    LocalRepository.copy(TestRepository.of(database).store(), folder.resolve("repository"));
    long most = chunkBytes(database) / (KILLS + 1);

    long fetched = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      Process process = start(most);
      awaitFetched(process, most);
      process.destroyForcibly().waitFor();
      fetched += account();
    }
    Process last = start(Long.MAX_VALUE);
    assertThat(last.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(last.exitValue()).as(said()).isZero();
    fetched += account();

    assertSame(database, "chunk-000000.000000");
    assertSame(database, "chunk-000001.000000");
    long restored = chunkBytes(folder.resolve("restored")) + indexBytes();
    assertThat(fetched)
        .isBetween(restored, restored + KILLS * RestoringProcess.STREAMS * LOST_BYTES);
  }

  private Process start(long mostBytes) throws IOException {
    Files.deleteIfExists(folder.resolve("account"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            RestoringProcess.class.getName(),
            folder.resolve("repository").toString(),
            folder.resolve("restored").toString(),
            folder.resolve("account").toString(),
            Long.toString(mostBytes))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("said").toFile())
        .start();
  }

  private void awaitFetched(Process process, long bytes) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (account() < bytes) {
      assertThat(process.waitFor(5, TimeUnit.MILLISECONDS)).as(said()).isFalse();
      assertThat(System.nanoTime() - deadline).isNegative();
    }
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("said"));
  }

  /** What the process has fetched. */
  private long account() throws IOException {
    Path account = folder.resolve("account");
    return Files.exists(account) && Files.size(account) > 0
        ? ByteBuffer.wrap(Files.readAllBytes(account)).getLong()
        : 0;
  }

  private void assertSame(Path database, String name) throws IOException {
    assertThat(Files.mismatch(database.resolve(name), folder.resolve("restored").resolve(name)))
        .as(name)
        .isEqualTo(-1);
  }

  private static long chunkBytes(Path in) throws IOException {
    return bytes(in, "chunk-");
  }

  private long indexBytes() throws IOException {
    return bytes(folder.resolve("restored/index"), "");
  }

  private static long bytes(Path in, String prefix) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(in)) {
      files = found
          .filter(f -> f.getFileName().toString().startsWith(prefix) && Files.isRegularFile(f))
          .toList();
    }
    long sum = 0;
    for (Path file : files) {
      sum += Files.size(file);
    }
    return sum;
  }
}
