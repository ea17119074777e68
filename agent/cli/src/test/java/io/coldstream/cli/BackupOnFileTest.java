package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a real database to a directory, as they are typed and as they are read. */
class BackupOnFileTest {

  @TempDir
  private Path home;

  private Shell shell;
  private Fixture series;
  private String repo;

  @BeforeEach
  void unpack() {
    series = Fixture.unpack("series-" + Fixtures.NEWEST, home);
    repo = home.resolve("repository").toUri().toString();
    shell = new Shell(home).set("COLDSTREAM_REPO", repo);
  }

  private Ran backup(String state, Object... more) {
    Object[] words = new Object[more.length + 3];
    words[0] = "backup";
    words[1] = "--db";
    words[2] = series.database(state);
    System.arraycopy(more, 0, words, 3, more.length);
    return shell.run(words);
  }

  private static Ran done(Ran ran) {
    assertThat(ran.exit()).as(ran.everything()).isZero();
    return ran;
  }

  @Test
  void aFirstBackupSaysWhatItDidAndThatTheRepositoryIsNew() {
    Ran ran = done(backup("day1"));

    assertThat(ran.out()).startsWith("backup 1 of file:///");
    assertThat(ran.out().lines().map(String::strip))
        .anyMatch(l -> l.matches("restore point  position 2,080,834, last record of .* UTC"))
        .anyMatch(l -> l.startsWith("captured       18 files, 2."))
        .anyMatch(l -> l.matches("sent           \\d+ objects, .*"))
        .anyMatch(l -> l.equals("reused         0 bytes"))
        .anyMatch(l -> l.startsWith("took           "));
    assertThat(ran.err()).startsWith("warning: created a NEW repository at file:///");
  }

  @Test
  void aLaterBackupSendsTheDifferenceAndTheDocumentSaysSo() {
    done(backup("day1"));
    JsonNode second = done(backup("day2", "--json", "--label", "after hours")).json();

    assertThat(second.at("/command").asText()).isEqualTo("backup");
    assertThat(second.at("/exit").asInt()).isZero();
    assertThat(second.at("/result/backup/sequence").asLong()).isEqualTo(2);
    assertThat(second.at("/result/backup/label").asText()).isEqualTo("after hours");
    assertThat(second.at("/result/restorePoint/position").asLong()).isEqualTo(2_577_452);
    assertThat(second.at("/result/sentBytes").asLong())
        .isPositive()
        .isLessThan(second.at("/result/backup/bytes").asLong() / 2);
  }

  @Test
  void theListedTimeOfABackupGivenToAtRestoresThatBackup() {
    done(backup("day1"));
    done(backup("day2"));
    done(backup("day3")); // scavenged since: its chunks cannot be cut where the others end
    JsonNode backups = done(shell.run("list", "--json")).json().at("/result/backups");
    List<String> rows = done(shell.run("list")).out().lines().toList();

    for (int i = 0; i < backups.size(); i++) {
      String lastRecord = rows.get(i + 1).strip().split(" +")[2];
      JsonNode plan = done(shell.run(
              "restore", "--at", lastRecord, "--to", home.resolve("to"), "--dry-run", "--json"))
          .json();
      assertThat(plan.at("/result/position"))
          .as(lastRecord)
          .isEqualTo(backups.get(i).at("/restorePoint/position"));
    }
  }

  @Test
  void listAndShowTellWhatIsThere() {
    done(backup("day1"));
    done(backup("day2", "--label", "after hours"));

    Ran list = done(shell.run("list"));
    assertThat(list.out().lines()).hasSize(5);
    assertThat(list.out()).contains("LAST RECORD").contains("2 backups, ").contains("after hours");
    assertThat(list.err()).isEmpty();
    JsonNode backups = done(shell.run("list", "--json")).json().at("/result/backups");
    assertThat(backups).hasSize(2);

    Ran newest = done(shell.run("show"));
    assertThat(newest.out())
        .contains("backup         2 \"after hours\"")
        .contains("chunks         10 files, active chunk-000009.000000")
        .contains("chunk size     256.0 KiB (start a server with --chunk-size 262144)");
    Ran first = done(shell.run("show", 1, "-v"));
    assertThat(first.out())
        .contains("backup         1")
        .contains("chunk-000000.000000", "writer.chk", "indexmap", "chunks/chunk-000000.000000-");
    JsonNode files = done(shell.run("show", 1, "-v", "--json")).json().at("/result/files");
    assertThat(files).hasSize(18);
    assertThat(shell.run("show", 3).exit()).isEqualTo(2);
  }

  @Test
  void quietSaysNothingButWarnings() {
    done(backup("day1"));
    Ran ran = done(backup("day2", "--quiet"));

    assertThat(ran.out() + ran.err()).isEmpty();
    assertThat(done(shell.run("list", "--quiet")).out()).contains("2 backups, ");
  }

  @Test
  void aDryRunPrintsThePlanAndLeavesNothing() {
    Ran ran = done(backup("day1", "--dry-run"));

    assertThat(ran.out())
        .contains("chunks/chunk-000000.000000-", "to upload:", "dry run: nothing was uploaded");
    assertThat(shell.run("list").exit()).isEqualTo(2);
    assertThat(done(backup("day1", "--dry-run", "--json")).json().at("/result/plan/toSend"))
        .isNotEmpty();
  }

  @Test
  void verboseNamesTheFiles() {
    assertThat(done(backup("day1", "-v")).err())
        .contains("reading the database", "sending chunks", "  chunk-000003.000000");
  }

  @Test
  void aStaleNodeIsAConflictInWordsAndInTheDocument() {
    done(backup("day2"));
    Ran words = backup("day1");
    assertThat(words.exit()).isEqualTo(8);
    assertThat(words.err()).startsWith("coldstream backup: ").contains("--new-lineage");

    Ran document = backup("day1", "--json");
    assertThat(document.exit()).isEqualTo(8);
    assertThat(document.json().at("/error/kind").asText()).isEqualTo("conflict");
    assertThat(document.json().at("/exit").asInt()).isEqualTo(8);
    assertThat(document.json().at("/error/message").asText()).contains("--new-lineage");
  }

  @Test
  void whatIsNoDatabaseIsRefused() throws IOException {
    assertThat(shell.run("backup", "--db", home.resolve("none")).exit()).isEqualTo(2);
    Path file = Files.writeString(home.resolve("file"), "x");
    assertThat(shell.run("backup", "--db", file).exit()).isEqualTo(2);
    Files.delete(series.database("day1").resolve("writer.chk"));
    assertThat(backup("day1").exit()).isEqualTo(3);
  }

  @Test
  void theSameFolderForBothIsRefused() {
    Ran ran = backup("day1", "--index", series.database("day1"));

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("index folder");
  }

  @Test
  void theStateFolderRemembersTheNewest() throws IOException {
    Path state = home.resolve("state");
    done(backup("day1", "--state", state));

    try (var files = Files.list(state)) {
      assertThat(files).hasSize(1);
    }
  }
}
