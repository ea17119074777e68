package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.demo.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is bounded, and what is counted, as it is typed and printed. */
class BoundsOnFileTest {

  private static final double MIB = 1 << 20;

  @TempDir
  private Path home;

  private Shell shell;
  private Path database;

  @BeforeEach
  void unpack() throws IOException {
    database = home.resolve("db");
    Sample.unpack(Sample.Day.TUESDAY, database);
    shell = new Shell(home)
        .set("COLDSTREAM_REPO", home.resolve("repository").toUri().toString());
  }

  /** How long it took; a machine may be slower than the bound, but never faster. */
  private double seconds(int exit, Object... words) {
    long begun = System.nanoTime();
    Ran ran = shell.run(words);
    assertThat(ran.exit()).as(ran.everything()).isEqualTo(exit);
    return (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
  }

  @Test
  void limitsHoldBothWays() {
    double up = seconds(0, "--limit-upload=1MiB/s", "backup", "--db", database, "--json");
    double bytes =
        shell.run("list", "--json").json().at("/result/backups/0/addedBytes").asDouble();
    // A tenth of a second's bytes may be saved up, and the last ones are not waited for.
    assertThat(up).isGreaterThan(bytes / MIB - 0.3);

    double down =
        seconds(0, "restore", "--to", home.resolve("restored"), "--limit-download", "1MiB");
    assertThat(down).isGreaterThan(bytes / MIB - 0.5);
  }

  @Test
  void aRunThatHasTimeIsPaced() {
    double took = seconds(0, "backup", "--db", database, "--finish-within", "10m");
    double bytes =
        shell.run("show", "--json").json().at("/result/backup/addedBytes").asDouble();
    // Never slower than 1 MiB/s, and this one need not be faster.
    assertThat(took).isGreaterThan(bytes / MIB - 0.5).isLessThan(300);
  }

  @Test
  void verboseEndsWithALineForEachVerb() {
    Ran ran = shell.run("backup", "--db", database, "-v");

    assertThat(ran.exit()).as(ran.everything()).isZero();
    assertThat(ran.err().lines().filter(line -> line.startsWith("store: ")))
        .anyMatch(line -> line.matches("store: put    \\d+ calls in .*, the slowest .* s"))
        .anyMatch(line -> line.matches("store: read   .*, failed: \\d+ not-found"))
        .last()
        .asString()
        .matches("store: .* MiB sent, .* received");
    assertThat(shell.run("list").err()).doesNotContain("store:");
  }

  @Test
  void theDocumentCountsWhatWasSent() {
    Ran ran = shell.run("backup", "--db", database, "-v", "--json");

    JsonNode document = ran.json();
    assertThat(document.at("/store/sentBytes").asLong())
        .isGreaterThan(document.at("/result/sentBytes").asLong());
    assertThat(shell.run("list", "--json").json().has("store")).isFalse();
  }
}
