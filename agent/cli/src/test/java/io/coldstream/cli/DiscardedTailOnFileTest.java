package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.output.Formats;
import io.coldstream.eventstore.testing.model.ElectionLoss;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands say of backups 1 and 2, which end with what an election discarded. */
class DiscardedTailOnFileTest {

  @TempDir
  private Path home;

  private Shell shell;
  private Path repository;
  private Path target;
  private ElectionLoss loss;
  private long fork;
  private long end;

  @BeforeEach
  void backUp() throws Exception {
    loss = ElectionLoss.write(home);
    repository = home.resolve("repository");
    target = home.resolve("restored");
    shell = new Shell(home).set("COLDSTREAM_REPO", repository.toUri().toString());
    for (Path database : List.of(loss.first(), loss.second(), loss.afterElection())) {
      done(shell.run("backup", "--db", database));
    }
    JsonNode backups = done(shell.run("list", "--json")).json().at("/result/backups");
    fork = backups.at("/2/forkedFrom/position").asLong();
    end = backups.at("/1/restorePoint/position").asLong();
  }

  private static Ran done(Ran ran) {
    assertThat(ran.exit()).as(ran.everything()).isZero();
    return ran;
  }

  private static List<String> command(String output) {
    String line = Pasted.commands(output).stream()
        .filter(c -> c.startsWith("coldstream restore "))
        .findFirst()
        .orElseThrow();
    return List.of(line.split(" ")).subList(1, line.split(" ").length);
  }

  @Test
  void listMarksThemInAColumnAndSaysWhereTheyPart() {
    List<String> lines = done(shell.run("list")).out().lines().toList();

    assertThat(lines).hasSize(9);
    assertThat(lines.get(0)).endsWith("ADDED  LINEAGE");
    assertThat(lines.get(1)).endsWith("  cut by 3");
    assertThat(lines.get(2)).endsWith("  cut by 3");
    assertThat(lines.get(3)).endsWith("  new");
    assertThat(lines.subList(4, 7))
        .containsExactly(
            "",
            "backups 1 to 2: the log from position " + Formats.position(fork)
                + " on was discarded; backup 3 continues without it",
            "backup 3: new lineage, forked from backup 2 at position " + Formats.position(fork));
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 60, 40})
  void listFitsTheTerminal(int columns) {
    Ran list = done(shell.onTerminal(columns).run("list"));

    assertThat(list.out().lines()).allMatch(line -> line.length() <= columns);
    assertThat(list.out().replaceAll("\\s+", " "))
        .contains("discarded; backup 3 continues without it", "new lineage, forked from backup 2");
    if (columns == 80) {
      assertThat(list.out()).contains("cut by 3");
    }
  }

  @Test
  void listTellsProgramsToo() {
    JsonNode backups = done(shell.run("list", "--json")).json().at("/result/backups");

    assertThat(backups.at("/0/discarded/position").asLong()).isEqualTo(fork);
    assertThat(backups.at("/0/discarded/discardedBy").asLong()).isEqualTo(3);
    assertThat(backups.at("/0/forkedFrom").isNull()).isTrue();
    assertThat(backups.at("/1/discarded/sequence").asLong()).isEqualTo(2);
    assertThat(backups.at("/1/discarded/bytes").asLong()).isEqualTo(end - fork);
    assertThat(backups.at("/2/discarded").isNull()).isTrue();
    assertThat(backups.at("/2/forkedFrom/sequence").asLong()).isEqualTo(2);
  }

  @Test
  void listAsksTheStoreForEachManifestOnce() {
    JsonNode verbs = done(shell.run("list", "--json", "-v")).json().at("/store/verbs");

    // Manifests, results of verifications, marks and notes of locks are listed.
    assertThat(verbs).hasSize(2);
    for (JsonNode verb : verbs) {
      assertThat(verb.at("/calls").asInt()).as(verb.toString()).isEqualTo(4);
    }
  }

  @Test
  void listSaysItAlsoWhenTheManifestOfTheForkIsDamaged() throws Exception {
    done(shell.run("backup", "--db", loss.afterElection()));
    Path manifest = repository.resolve("manifests/000000000003.json");
    Files.delete(manifest);
    Files.writeString(manifest, "{}");

    Ran list = shell.run("list");

    assertThat(list.exit()).isEqualTo(4);
    assertThat(list.err()).contains("1 of 4 backups cannot be read");
    assertThat(list.out())
        .contains("backups 1 to 2: the log from", "backup 4 continues without it");
    assertThat(done(shell.run("show", 2)).out()).contains("backup 4 continues without them");
  }

  @Test
  void showSaysFromWhereOnAndByWhichBackup() {
    String discarded = "discarded      " + Formats.count(end - fork, "byte") + " from position "
        + Formats.position(fork) + " on; backup 3 continues without them";

    assertThat(done(shell.run("show", 2)).out().lines()).contains(discarded);
    assertThat(done(shell.run("show", "--backup", 2)).out().lines()).contains(discarded);
    assertThat(done(shell.run("show")).out()).doesNotContain("discarded  ").contains("forked from");
    JsonNode json = done(shell.run("show", "2", "--json")).json();
    assertThat(json.at("/result/backup/discarded/discardedBy").asLong()).isEqualTo(3);
  }

  @Test
  void showTakesOneNumberOnly() {
    Ran both = shell.run("show", 1, "--backup", 2);

    assertThat(both.exit()).isEqualTo(2);
    assertThat(both.err()).contains("--backup", "mutually exclusive");
    assertThat(shell.run("show", "--backup", "x").exit()).isEqualTo(2);
  }

  @Test
  void aRestoreWarnsFirstAndEndsWithTheCommandThatLeavesItOut() throws Exception {
    Ran restored = done(shell.run("restore", "--backup", 2, "--to", target));

    assertThat(restored.err())
        .contains(
            "warning: backup 2 ends with " + (end - fork) + " bytes",
            "--position " + fork + " excludes them");
    String toKnow = restored.out().substring(restored.out().indexOf("Notes:"));
    assertThat(toKnow).contains("empty the directory and run:");
    List<String> command = command(toKnow);
    assertThat(command)
        .containsSequence("--position", Long.toString(fork))
        .doesNotContain("--backup");
    try (Stream<Path> all = Files.walk(target)) {
      for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
    Ran again = done(shell.run(command.toArray()));
    assertThat(again.err()).doesNotContain("warning");
    assertThat(again.out()).contains("position " + Formats.position(fork));
  }

  @Test
  void aDryRunPrintsThatCommandToo() {
    Ran dry = done(
        shell.run("restore", "--backup", 2, "--to", target, "--dry-run", "--arrange", "truncate"));

    assertThat(dry.out()).contains("This restore includes them", "For that, run:");
    List<String> command = command(dry.out());
    assertThat(command).containsSequence("--arrange", "direct").contains("--dry-run");
    Ran without = done(shell.run(command.toArray()));
    assertThat(without.out()).contains("log ends at    position " + Formats.position(fork));
    assertThat(without.err()).doesNotContain("warning");
  }

  @Test
  void aTimeInTheTailWarnsAndNamesTheBackupThatHoldsIt() {
    String time = done(shell.run("show", "2", "--json"))
        .json()
        .at("/result/backup/restorePoint/time")
        .asText();

    Ran dry = done(shell.run("restore", "--at", time, "--to", target, "--dry-run"));

    assertThat(dry.err())
        .contains("warning: the requested time is in the discarded tail of backup 2");
    List<String> command = command(dry.out());
    assertThat(command).containsSequence("--backup", "2").doesNotContain("--at");
    assertThat(done(shell.run(command.toArray())).out())
        .contains("log ends at    position " + Formats.position(end));

    JsonNode json = done(shell.run("restore", "--at", time, "--to", target, "--dry-run", "--json"))
        .json();
    assertThat(json.at("/result/discarded/sequence").asLong()).isEqualTo(2);
    assertThat(json.at("/result/position").asLong()).isLessThanOrEqualTo(fork);
    assertThat(json.at("/warnings/0").asText()).contains("discarded tail of backup 2");
  }

  @Test
  void aBackupThatAddsNothingSaysSo() {
    Ran again = done(shell.run("backup", "--db", loss.afterElection()));
    assertThat(again.out())
        .contains("  nothing new    the restore point is the same as that of backup 3. If the"
            + " server has");

    JsonNode third =
        done(shell.run("backup", "--db", loss.afterElection(), "--json")).json();
    assertThat(third.at("/result/sameAs").asLong()).isEqualTo(4);
    assertThat(
            done(shell.run("backup", "--db", loss.afterElection(), "--dry-run")).out())
        .contains("  nothing new    the restore point is the same as that of backup 5.");
  }

  @Test
  void aBackupThatAddsSomethingDoesNotSayThat() {
    Ran changed = done(shell.run(
        "backup", "--db", loss.afterElection(), "--repo", home.resolve("other").toUri(), "--json"));
    assertThat(changed.json().at("/result/sameAs").isNull()).isTrue();
    assertThat(done(shell.run(
                "backup", "--db", loss.first(), "--repo", home.resolve("third").toUri()))
            .out())
        .doesNotContain("nothing new");
    assertThat(done(shell.run(
                "backup", "--db", loss.second(), "--repo", home.resolve("third").toUri()))
            .out())
        .doesNotContain("nothing new");
  }
}
