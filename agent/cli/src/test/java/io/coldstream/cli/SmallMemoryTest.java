package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.demo.Comparison;
import io.coldstream.eventstore.testing.model.SyntheticDatabase;
import io.coldstream.store.s3.emulator.S3Emulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in flight is bounded: a heap of 64 MiB carries any database. */
class SmallMemoryTest {

  private static final int CHUNK_SIZE_BYTES = 25_000_000;
  private static final List<String> SMALL = List.of("-Xmx64m", "-XX:+UseSerialGC");

  @TempDir
  private static Path folder;

  private static Path database;

  @BeforeAll
  static void write() throws IOException {
    database = folder.resolve("database");
    SyntheticDatabase.write(database, SyntheticDatabase.Shape.large(8, CHUNK_SIZE_BYTES));
  }

  private static void run(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    Child child = Child.start(folder, SMALL, environment, List.of(words));
    assertThat(child.exit()).as(child.said()).isZero();
  }

  private static void thereAndBack(S3Emulator store, String name)
      throws IOException, InterruptedException {
    // Parts of several sizes are under way: four files, and files of several parts.
    String repo = store.newUrl("small-memory");
    Path target = folder.resolve("restored-from-" + name);
    run(
        store.environment(),
        "backup",
        "--db",
        database.toString(),
        "--repo",
        repo,
        "--min-free",
        "0");
    run(store.environment(), "restore", "--to", target.toString(), "--repo", repo);

    Comparison compared = Comparison.of(database, target, CHUNK_SIZE_BYTES);
    assertThat(compared.differences()).isEmpty();
    assertThat(compared.bytes()).isGreaterThan(200_000_000);
  }

  @Test
  void twoHundredMegabytesAreCopiedFromStoreToStore() throws IOException, InterruptedException {
    String first = folder.resolve("first").toUri().toString();
    String last = folder.resolve("last").toUri().toString();
    S3Emulator store = S3Emulator.s3proxy();
    String copy = store.newUrl("copied");
    String db = database.toString();
    run(Map.of(), "backup", "--db", db, "--repo", first, "--min-free", "0");
    run(store.environment(), "copy", "--repo", first, "--to", copy);
    run(store.environment(), "copy", "--repo", copy, "--to", last);
    run(Map.of(), "verify", "--data", "--repo", last);
  }

  @Test
  void twoHundredMegabytesThroughS3Mock() throws IOException, InterruptedException {
    thereAndBack(S3Emulator.s3mock(), "s3mock");
  }

  @Test
  void twoHundredMegabytesThroughS3Proxy() throws IOException, InterruptedException {
    thereAndBack(S3Emulator.s3proxy(), "s3proxy");
  }
}
