package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.demo.Sample;
import io.coldstream.eventstore.testing.model.EventDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run says that is interrupted after it has written something. */
class InterruptedRunTest {

  @TempDir
  private Path home;

  private final EventDatabase database = new EventDatabase(4 << 20);

  /** Runs a command, and interrupts it as soon as a file is there. */
  private Ran interrupted(Path file, Object... words) throws Exception {
    CompletableFuture<Ran> ran = new CompletableFuture<>();
    Thread run = new Thread(() -> ran.complete(shell().run(words)));
    run.start();
    while (!Files.exists(file)) {
      assertThat(run.isAlive()).as("the run ended before %s was there", file).isTrue();
      Thread.onSpinWait();
    }
    run.interrupt();
    return ran.get();
  }

  private Shell shell() {
    return new Shell(home)
        .set("COLDSTREAM_REPO", home.resolve("repository").toUri().toString());
  }

  private void backUp(Path node) {
    Ran backup = shell().run("backup", "--db", node, "--min-free", 0);
    assertThat(backup.exit()).as(backup.everything()).isZero();
  }

  @Test
  @Timeout(60)
  void aVerificationThatHasStoredSomethingSaysWhereItIs() throws Exception {
    Sample.unpack(Sample.Day.MONDAY, home.resolve("node"));
    backUp(home.resolve("node"));
    Path plan = home.resolve("repository/verifications/parts/night/plan.json");
    Object[] words = {
      "verify", "--data", "--shard", "1/2", "--run", "night", "--limit-download", "20KiB"
    };

    Ran ran = interrupted(plan, words);

    assertThat(ran.err())
        .startsWith("coldstream verify: stopped")
        .contains("No backup was changed. Results that were stored under verifications/ stay")
        .doesNotContain("nothing was changed");
    assertThat(Pasted.commands(ran.err()))
        .singleElement()
        .asString()
        .contains("verify", "--shard 1/2", "--run night");
    assertThat(plan).exists();
  }

  @Test
  @Timeout(60)
  void eventsThatWereWrittenIntoFilesAreNamed() throws Exception {
    database.event("a", "t", 0, new byte[10], new byte[0]);
    database.event("a", "t", 0, new byte[3 << 20], new byte[0]);
    database.event("a", "t", 0, new byte[10], new byte[0]);
    database.table();
    database.set().writeTo(home.resolve("db"));
    backUp(home.resolve("db"));
    Path raw = home.resolve("raw");

    Ran ran = interrupted(
        raw.resolve("0000000000000000000.data"),
        "events",
        "a",
        "--raw",
        raw,
        "--limit-download",
        "1MiB");

    assertThat(ran.err())
        .contains("No backup was changed; files that were written stay in " + raw)
        .doesNotContain("nothing was changed");
  }
}
