package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.demo.Sample;
import io.coldstream.cli.output.Formats;
import io.coldstream.eventstore.testing.server.ServerEmulator;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drill from any store, which keeps the result. */
abstract class DrillOnStore {

  @TempDir
  private Path home;

  /** The URL of an empty place. */
  abstract String newRepository(Path folder);

  @Test
  void aBackupIsProvedAndShowSaysSo() throws Exception {
    Path node = home.resolve("node");
    Sample.unpack(Sample.Day.MONDAY, node);
    Shell shell = new Shell(home).set("COLDSTREAM_REPO", newRepository(home));
    assertThat(shell.run("backup", "--db", node).exit()).isZero();
    assertThat(shell.run("show", "--json").json().at("/result/drill").isNull()).isTrue();
    Path scratch = home.resolve("scratch");

    Ran ran = shell.run("drill", "--server", ServerEmulator.line(), "--scratch", scratch, "--json");

    assertThat(ran.exit()).as(ran.everything()).isZero();
    JsonNode result = ran.json().get("result");
    assertThat(result.get("proved").asBoolean()).isTrue();
    assertThat(result.at("/compared/tail").asInt()).isEqualTo(10);
    assertThat(result.get("readySeconds").asDouble()).isPositive();
    assertThat(result.get("object").asText()).startsWith("drills/000000000001/");
    assertThat(scratch).isEmptyDirectory();
    assertThat(shell.run("show").out())
        .containsPattern("drill          proved at [0-9: -]+ UTC by .*java 26.1.0, ready after ");
    assertThat(shell.run("show", "--json").json().at("/result/drill/proved").asBoolean())
        .isTrue();
    assertThat(shell.run("verify", "--data").exit()).isZero();
    assertThat(shell.run("backup", "--db", node).exit()).isZero();

    long earlier = result.get("position").asLong() - 1;
    Ran cut = shell.run(
        "drill",
        "--server",
        ServerEmulator.line(),
        "--scratch",
        scratch,
        "--position",
        earlier,
        "--json");
    assertThat(cut.exit()).as(cut.everything()).isZero();
    long at = cut.json().at("/result/position").asLong();
    assertThat(at).isPositive().isLessThanOrEqualTo(earlier);
    long backup = cut.json().at("/result/sequence").asLong();
    assertThat(shell.run("show", backup).out())
        .contains(", of the log up to position " + Formats.position(at));
  }
}
