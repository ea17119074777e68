package io.coldstream.cli;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is printed fits the terminal; elsewhere nothing is cut or broken. */
class NarrowTerminalTest {

  private static final String LABEL = "before-the-migration-of-march-to-the-new-cluster";

  @TempDir
  private Path home;

  private Fixture series;
  private Shell shell;

  @BeforeEach
  void backUp() {
    series = Fixture.unpack("series-" + Fixtures.NEWEST, home);
    shell = new Shell(home)
        .set("COLDSTREAM_REPO", home.resolve("repository").toUri().toString())
        .set("COLDSTREAM_DB", series.database("day1").toString());
    assertThat(shell.run("backup", "--label", LABEL).exit()).isZero();
  }

  private static final Pattern COMMAND =
      Pattern.compile("^(coldstream|chown|runuser|setpriv|kurrentd|eventstored) |"
          // An option stays with its value, and with the word before it.
          + "^\\w+ --[a-z-]+ [^ ]+$");

  /** A word, such as a URL, may be wider than the terminal, and so may a command. */
  private static boolean fits(String line, int columns) {
    String text = line.strip();
    return line.length() <= columns
        || !text.contains(" ")
        || COMMAND.matcher(text).find();
  }

  private static void assertFits(Ran ran, int columns) {
    List<String> drawn = List.of((ran.out() + ran.err()).split("\n|\r\033\\[K|\033\\[\\?7[lh]"));
    assertThat(drawn).allMatch(line -> fits(line, columns));
  }

  @ParameterizedTest
  @CsvSource({"80", "60", "40"})
  void everyVerbFits(int columns) {
    shell.onTerminal(columns);
    for (String line : List.of(
        "list",
        "show",
        "restore-points",
        "verify",
        "doctor",
        "config show",
        "demo",
        "backup --dry-run",
        "backup",
        "restore --dry-run --to " + home.resolve("target"),
        "restore --to " + home.resolve("target"),
        "restore --to " + home.resolve("target"),
        "show 77",
        "restore --to " + home)) {
      Ran ran = shell.run((Object[]) line.split(" "));
      assertFits(ran, columns);
    }
  }

  @ParameterizedTest
  @CsvSource({"80", "60"})
  void theHelpFits(int columns) {
    shell.onTerminal(columns);
    for (String verb : List.of("", "backup ", "restore ", "doctor ", "verify ", "config show ")) {
      Ran ran = shell.run((Object[]) (verb + "--help").split(" "));
      assertThat(ran.exit()).isZero();
      assertFits(ran, columns);
    }
  }

  @Test
  void theHelpBreaksNoUrl() {
    assertThat(shell.onTerminal(80).run("backup", "--help").out())
        .contains(
            "s3://bucket/prefix",
            "az://account/container/prefix",
            "file:///path,",
            "or s3://bucket/prefix");
  }

  @Test
  void aNarrowHelpBreaksNoPathAndNoExample() {
    assertThat(shell.onTerminal(40).run("show", "--help").out())
        .contains(" /etc/coldstream/coldstream.yaml\n")
        .contains("\n  coldstream show 42 --repo s3://bucket/orders -v\n");
  }

  @Test
  void aTableLosesWhatCanBeMissed() {
    assertThat(shell.onTerminal(80).run("list").out())
        .startsWith("BACKUP  MADE                  LAST RECORD              SIZE  LABEL")
        .contains("before-the-migra...");
    assertThat(shell.onTerminal(40).run("list").out()).startsWith("BACKUP  MADE");
  }

  @Test
  void aListWithoutLabelsFitsEverywhere() {
    shell.set("COLDSTREAM_REPO", home.resolve("another").toUri().toString());
    assertThat(shell.run("backup").exit()).isZero();

    assertThat(shell.run("list").out().lines().toList())
        .allMatch(line -> line.length() <= 76)
        .startsWith("BACKUP  MADE                  LAST RECORD              SIZE    ADDED")
        .last(as(STRING))
        .matches("1 backup, [0-9.]+ .iB added, the newest is less than a minute old");
  }

  @Test
  void aVerifiedBackupShowsItsDepthBesideItsRestorePoint() {
    assertThat(shell.run("verify", "--data").exit()).isZero();
    shell.set("COLDSTREAM_REPO", home.resolve("another").toUri().toString());
    assertThat(shell.run("backup").exit()).isZero();
    assertThat(shell.run("verify").exit()).isZero();

    assertThat(shell.onTerminal(80).run("list").out().lines().toList())
        .allMatch(line -> line.length() <= 80)
        .anyMatch(
            line -> line.startsWith("BACKUP  MADE                  LAST RECORD           VERIFIED"))
        .anyMatch(line -> line.endsWith(" structure"));
  }

  @Test
  void withoutATerminalNothingIsCutOrBroken() {
    assertThat(shell.run("list").out().lines())
        .hasSize(4)
        .anyMatch(line -> line.contains("LAST RECORD") && line.contains("ADDED"))
        .anyMatch(line -> line.endsWith(LABEL));
    assertThat(shell.run("show", "-v").out().lines())
        .anyMatch(line -> line.startsWith("excluded") && line.length() > 100);
  }
}
