package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.demo.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups with locks, from any store that has them. */
abstract class LockOnStore {

  @TempDir
  private Path home;

  private Path node;
  private String url;

  /** The URL, with a query, of an empty place whose objects can be locked. */
  abstract String newRepository();

  /** The URL of an empty place whose objects cannot be locked. */
  abstract String newUnlockableRepository();

  @BeforeEach
  void make() throws Exception {
    node = home.resolve("node");
    Sample.unpack(Sample.Day.MONDAY, node);
    url = newRepository();
  }

  private Shell shell(String settings) {
    return new Shell(home).set("COLDSTREAM_REPO", url + settings);
  }

  @Test
  void aBackupIsLockedAndListAndShowSayUntilWhen() {
    Instant begin = Instant.now();
    Shell shell = shell("&lock=5d");
    Ran ran = shell.run("backup", "--db", node);
    assertThat(ran.exit()).as(ran.everything()).isZero();
    assertThat(ran.out()).containsPattern("locked until   [0-9: -]+ UTC, 0 locks extended");
    JsonNode listed = shell.run("list", "--json").json().at("/result/backups/0");
    Instant until = Instant.parse(listed.get("lockedUntil").asText());
    assertThat(until).isBetween(begin.plus(Duration.ofDays(5)).minusSeconds(1), Instant.MAX);
    assertThat(shell.run("list").out())
        .contains("LOCKED UNTIL")
        .contains(until.toString().substring(0, 10));
    assertThat(shell.run("show").out()).containsPattern("locked         until [0-9: -]+ UTC");
    assertThat(
            shell.run("show", "--json").json().at("/result/backup/lockedUntil").asText())
        .isEqualTo(until.toString());
    assertThat(shell.run("verify", "--data").exit()).isZero();
    assertThat(shell.run("restore", "--to", home.resolve("restored")).exit()).isZero();
  }

  @Test
  void locksAreExtendedInsideTheMarginAlone() {
    JsonNode first =
        shell("&lock=2d").run("backup", "--db", node, "--json").json().get("result");
    assertThat(first.at("/locks/extended").asLong()).isZero();
    assertThat(first.at("/locks/refused")).isEmpty();
    JsonNode outside = shell("&lock=2d").run("lock", "--json").json().get("result");
    assertThat(outside.get("due").asLong()).isZero();
    assertThat(outside.get("extended").asLong()).isZero();
    Ran ran = shell("&lock=10d&lock-margin=9d").run("lock", "--json");
    assertThat(ran.exit()).as(ran.everything()).isZero();
    JsonNode inside = ran.json().get("result");
    assertThat(inside.get("due").asLong()).isEqualTo(1);
    // coldstream.json, RESTORE.txt and RESTORE.sh, the manifest itself
    assertThat(inside.get("extended").asLong())
        .isEqualTo(first.at("/backup/addedObjects").asLong() + 4);
    Instant until = Instant.parse(inside.get("safeUntil").asText());
    assertThat(until).isAfter(Instant.now().plus(Duration.ofDays(9)));
    assertThat(inside.at("/backups/0/lockedUntil").asText()).isEqualTo(until.toString());
    assertThat(shell("&lock=10d&lock-margin=9d").run("lock").out())
        .contains("0 locks of ")
        .containsPattern("backups +1 backup, 0 with locks that ended soon");
  }

  @Test
  void aRepositoryWithoutLocksShowsNone() {
    Shell shell = shell("");
    assertThat(shell.run("backup", "--db", node).out()).doesNotContain("locked");
    assertThat(shell.run("list").out()).doesNotContain("LOCKED");
    assertThat(shell.run("show").out()).doesNotContain("locked");
    assertThat(shell
            .run("list", "--json")
            .json()
            .at("/result/backups/0/lockedUntil")
            .isNull())
        .isTrue();
    Ran ran = shell.run("lock");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("setting \"lock\" is not set").contains("lock=30d");
  }

  @Test
  void theDoctorLocksAnObjectAndSaysWhatStays() {
    Ran ran = shell("&lock=5d").run("doctor");
    assertThat(ran.exit()).as(ran.everything()).isZero();
    assertThat(ran.out().replaceAll("\\s+", " "))
        .containsPattern("lock ok locked until \\S+, then until \\S+, as read back")
        .containsPattern("object lock ok on, no default")
        .containsPattern(
            "left behind .*(a lock keeps it|bytes of the locked object stay) until \\S+");
  }

  @Test
  void aPlaceThatCannotLockIsRefusedBySetting() {
    url = newUnlockableRepository();
    Ran ran = shell("&lock=5d").run("backup", "--db", node);
    assertThat(ran.exit()).as(ran.everything()).isEqualTo(2);
    assertThat(ran.err().replaceAll("\\s+", " ")).contains("the setting lock needs");
    Ran doctor = shell("&lock=5d").run("doctor");
    assertThat(doctor.exit()).as(doctor.everything()).isEqualTo(2);
    assertThat(doctor.out()).containsPattern("lock +FAILED");
  }
}
