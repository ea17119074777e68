package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.eventstore.testing.model.ElectionLoss;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The points of a repository, as they are printed. */
class RestorePointsTest {

  @TempDir
  private Path home;

  private static Ran done(Ran ran) {
    assertThat(ran.exit()).as(ran.everything()).isZero();
    return ran;
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "s3", "gs", "az"})
  void threeDaysOfARealDatabaseOnEveryStore(String scheme) {
    String repo = Repositories.onEveryStore(home).get(scheme);
    assumeThat(repo).as("this machine has no emulator of " + scheme).isNotNull();
    Fixture series = Fixture.unpack("series-" + Fixtures.NEWEST, home);
    Shell shell = new Shell(home).set("COLDSTREAM_REPO", repo).onTerminal(80);
    for (String day : List.of("day1", "day2", "day3")) {
      done(shell.run("backup", "--db", series.database(day)));
    }

    String text = done(shell.run("restore-points")).out();

    assertThat(text)
        .startsWith("history of backup 3, the newest\n")
        .contains("  positions      0 to 2,577,452\n")
        .contains("  times          2026-11-22T")
        .contains("  can be cut     after every complete write: --at or --position\n")
        .contains("  restored from  backups 1 to 2\n")
        .contains(
            "  can be cut     only at 2,883,584: no backup holds it from before its scavenge\n")
        .containsPattern(
            "\n\\d+ requests, [0-9.]+ KiB read; the times of 4 of 4 chunks were compared\n$");
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
    JsonNode result = done(shell.run("restore-points", "--json")).json().get("result");
    assertThat(result.at("/stretches/0/to").asLong()).isEqualTo(2_577_452);
    assertThat(result.at("/stretches/0/onlyAt").isNull()).isTrue();
    assertThat(result.at("/stretches/1/onlyAt/0").asLong()).isEqualTo(2_883_584);
    assertThat(result.get("requests").asInt()).isBetween(10, 60);
    assertThat(result.get("readBytes").asLong()).isBetween(10_000L, 400_000L);
    String to = result.at("/stretches/0/toTime").asText();
    JsonNode plan = done(shell.run(
            "restore", "--to", home.resolve("to"), "--at", to, "-n", "--json"))
        .json();
    assertThat(plan.at("/result/position").asLong()).isEqualTo(2_577_452);
  }

  @Test
  void aDiscardedEndHasTheCommandThatRestoresIt() throws Exception {
    ElectionLoss loss = ElectionLoss.write(home.resolve("election"));
    String repo = home.resolve("repository").toUri().toString();
    Shell shell = new Shell(home).set("COLDSTREAM_REPO", repo);
    done(shell.run("backup", "--db", loss.second()));
    done(shell.run("backup", "--db", loss.afterElection()));

    Ran ran = done(shell.run("restore-points"));

    assertThat(ran.out()).contains("Beside this history: backup 1 holds positions ");
    List<String> commands = Pasted.commands(ran.out());
    assertThat(commands).hasSize(1);
    List<String> call = new Pasted(home, "coldstream").calls(commands.get(0)).get(0);
    assertThat(call)
        .containsExactly("coldstream", "restore", "--repo", repo, "--to", "DIR", "--backup", "1");
  }

  @Test
  void aRepositoryWithoutABackupIsAUsageError() {
    Ran ran = new Shell(home)
        .set("COLDSTREAM_REPO", home.resolve("none").toUri().toString())
        .run("restore-points");

    assertThat(ran.exit()).as(ran.everything()).isEqualTo(2);
  }
}
