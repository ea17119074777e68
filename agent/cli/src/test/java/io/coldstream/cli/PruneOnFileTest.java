package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.demo.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code prune}, {@code keep} and {@code unkeep} say, refuse and end with. */
class PruneOnFileTest {

  @TempDir
  private Path home;

  private Shell shell;

  @BeforeEach
  void backUp() throws IOException {
    shell = new Shell(home)
        .set("COLDSTREAM_REPO", home.resolve("repository").toUri().toString());
    Sample.unpack(Sample.Day.MONDAY, home.resolve("monday"));
    Sample.unpack(Sample.Day.TUESDAY, home.resolve("tuesday"));
    ended(0, "backup", "--db", home.resolve("monday"));
    ended(0, "backup", "--db", home.resolve("tuesday"), "--label", "release");
    passTenDays();
  }

  private Ran ended(int exit, Object... words) {
    Ran ran = shell.run(words);
    assertThat(ran.exit()).as(ran.everything()).isEqualTo(exit);
    return ran;
  }

  /** By the store's clock, which is the time of its files. */
  private void passTenDays() throws IOException {
    try (Stream<Path> files = Files.walk(home.resolve("repository"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Instant before = Files.getLastModifiedTime(file).toInstant();
        Files.setLastModifiedTime(file, FileTime.from(before.minusSeconds(10 * 86_400)));
      }
    }
  }

  @Test
  void withoutARuleItIsRefused() {
    assertThat(ended(2, "prune", "--confirm").err())
        .contains("no rule says which backups to keep; give one or more of --keep-last");
    assertThat(ended(2, "prune", "--keep-at-least", 3).err()).contains("no rule");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--keep-last    | 0      | \"0\" is not a number of backups; use 1 or more, or unlimited",
        "--keep-daily   | -3     | is not a number of backups",
        "--keep-weekly  | many   | \"many\" is not a number of backups",
        "--keep-within  | 30     | \"30\" is not a length of time; use numbers with y, m (months), d or h",
        "--keep-within  | 0d     | \"0d\" is not a length of time",
        "--keep-within  | 1d1d   | \"1d1d\" is not a length of time",
        "--keep-at-least| 0      | \"0\" is not a number of backups",
        "--prune-grace  | 7w     | \"7w\" is not a duration",
      })
  void aWrongValueIsAUsageError(String option, String value, String message) {
    assertThat(ended(2, "prune", option + "=" + value).err()).contains(message);
  }

  @Test
  void unlimitedKeepsAll() {
    assertThat(ended(0, "prune", "--keep-last", "unlimited").out())
        .contains("0 backups of 2 would be removed");
  }

  @Test
  void withoutConfirmationNothingIsRemoved() {
    assertThat(ended(0, "prune", "--keep-last", 1).out())
        .containsPattern("1 +\\S+ +remove")
        .containsPattern("2 +\\S+ +(release +)?keep +last, newest")
        .contains("1 backup of 2 would be removed", "frees later")
        .contains("nothing was removed; --confirm removes it");
    assertThat(ended(0, "list").out()).contains("2 backups");
  }

  @Test
  void aConfigurationCanConfirmAndDryRunStillOnlyPlans() throws IOException {
    Path file = home.resolve("coldstream.yaml");
    Files.writeString(file, "keep-last: 1\nconfirm: true\n");
    ended(0, "prune", "--config", file, "--dry-run");
    assertThat(ended(0, "list").out()).contains("2 backups");
    assertThat(ended(0, "prune", "--config", file).out()).contains("1 backup removed from");
    assertThat(ended(0, "list").out()).contains("1 backup,");
  }

  @Test
  void spaceComesBackWithThePruneAfterTheGrace() throws IOException {
    assertThat(ended(0, "prune", "--keep-last", 1, "--confirm").out())
        .contains("frees later", "a prune after 7 days removes it");
    passTenDays();
    assertThat(ended(0, "prune", "--keep-last", 1, "--confirm").out())
        .contains("frees now", "condemned by an earlier prune");
    ended(0, "verify", "--data");
    assertThat(ended(0, "stats").out()).contains("0 bytes");
  }

  @Test
  void theNewestIsKeptWhenNoBackupHasTheLabel() {
    assertThat(ended(0, "prune", "--keep-label", "none, of*'em", "--confirm").out())
        .contains("newest");
    assertThat(ended(0, "list").out()).contains("1 backup,");
  }

  @Test
  void aMarkIsShownAndKeeps() {
    assertThat(ended(0, "keep", 1, "--reason", "audit of 2026").out())
        .contains("backup 1", "is kept until unkeep: audit of 2026");
    assertThat(ended(0, "list").out()).contains("by a mark");
    assertThat(ended(0, "show", 1).out())
        .contains("kept           by a mark of ", ": audit of 2026");
    assertThat(ended(0, "prune", "--keep-last", 1, "--confirm").out())
        .contains("mark: audit of 2026");
    assertThat(ended(0, "list").out()).contains("2 backups");
    ended(0, "unkeep", 1);
    assertThat(ended(0, "list").out()).doesNotContain("by a mark");
    ended(2, "keep", 9);
    ended(2, "unkeep", 2);
    assertThat(ended(2, "keep", 1, "--reason", "two\nlines").err()).contains("control character");
    assertThat(ended(2, "keep", 1, "--reason", "x".repeat(201)).err()).contains("at most 200");
  }

  @Test
  void aDamagedManifestStopsIt() throws IOException {
    Files.writeString(home.resolve("repository/manifests/000000000001.json"), "{}");
    assertThat(ended(4, "prune", "--keep-last", 1, "--confirm").err())
        .contains("manifests/000000000001.json", "removes nothing while it cannot read");
  }

  @Test
  void aShortGraceIsWarnedOf() {
    assertThat(ended(0, "prune", "--keep-last", 1, "--prune-grace", "1h", "--confirm")
            .err())
        .contains("is safe only if every backup, copy and restore of this repository is shorter");
  }
}
