package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a new user types, and what the refusal tells them. */
class WrongCommandLineTest {

  @TempDir
  private Path home;

  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(home);
  }

  private String refusal(String line) {
    Ran ran = line.isEmpty() ? shell.run() : shell.run((Object[]) line.split(" "));
    assertThat(ran.exit()).as(ran.everything()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    return ran.err();
  }

  @Test
  void aBareCommandPrintsEachCommandWithAnExample() {
    String printed = refusal("");

    assertThat(printed).startsWith("coldstream: no command is given; ");
    assertThat(Pasted.commands(printed))
        .hasSize(19)
        .allMatch(example -> example.startsWith("coldstream "))
        .contains("coldstream list --repo s3://bucket/orders", "coldstream demo");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "check         | \"check\" is called verify here",
        "snapshots     | \"snapshots\" is called list here",
        "info          | \"info\" is called list here",
        "replicate     | \"replicate\" is called backup here",
        "forget        | \"forget\" is called prune here",
        "expire        | \"expire\" is called prune here",
        "mount         | there is no \"mount\" in this version",
        "init          | there is no \"init\": the first backup creates the repository",
        "stanza-create | there is no \"stanza-create\": the first backup creates the repository",
      })
  void wordsOfOtherToolsAreUnderstood(String typed, String answer) {
    assertThat(refusal(typed)).isEqualTo("coldstream: " + answer + "; see coldstream --help\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bakup                 | coldstream: unknown command \"bakup\"; nearest: backup",
        "frobnicate            | coldstream: unknown command \"frobnicate\"; see coldstream --help",
        "help bakup            | coldstream: unknown command \"bakup\"; nearest: backup",
        "help check            | coldstream: \"check\" is called verify here; see coldstream --help",
        "list --rep s3://a/b   | coldstream list: unknown option --rep; nearest: --repo",
        "list --frob           | coldstream list: unknown option --frob; see coldstream list --help",
        "list -x               | coldstream list: unknown option -x; see coldstream list --help",
        "list -r s3://a/b      | coldstream list: \"-r\" is called --repo here",
        "restore --target /tmp | coldstream restore: \"--target\" is called --to here",
        "list --target /tmp    | coldstream list: unknown option --target; see coldstream list --help",
        "--repo s3://a/b list  | coldstream: option --repo comes after the command; see coldstream --help",
      })
  void onlyANameWithinTwoEditsIsSuggested(String typed, String answer) {
    assertThat(refusal(typed)).isEqualTo(answer + "\n");
  }

  @Test
  void aRefusedLogLevelIsShownUnlessItMayBeASecret() {
    assertThat(shell.set("COLDSTREAM_LOG", "loud").run("list").err())
        .contains("COLDSTREAM_LOG: \"loud\" is not a log level; use off, warn, info or debug");
    assertThat(shell.set("COLDSTREAM_LOG", "wJalrXUtnFEMI").run("list").err())
        .contains("COLDSTREAM_LOG: the value is not a log level")
        .doesNotContain("wJalr");
  }

  @ParameterizedTest
  @CsvSource({"foo", "s3:/foo", "ftp://x/y"})
  void aRefusedUrlNamesWhereItWasSet(String url) {
    assertThat(refusal("list --repo " + url))
        .startsWith("coldstream list: setting \"repo\" (option --repo): repository URL: ");
    shell.set("COLDSTREAM_REPO", url);
    assertThat(refusal("list"))
        .startsWith("coldstream list: setting \"repo\" (environment COLDSTREAM_REPO): ");
  }

  @Test
  void theShortOptionsAreThoseOfOtherTools() {
    Path db = Fixture.unpack("series-" + Fixtures.NEWEST, home).database("day1");
    shell.set("COLDSTREAM_REPO", home.resolve("repository").toUri().toString());

    Ran planned = shell.run("backup", "-n", "--db", db);
    Ran made = shell.run("backup", "-q", "--db", db);

    assertThat(planned.out()).endsWith("dry run: nothing was uploaded\n");
    assertThat(made.exit()).as(made.everything()).isZero();
    assertThat(made.out()).isEmpty();
    assertThat(shell.run("restore", "-n", "--to", home.resolve("to")).out())
        .endsWith("dry run: nothing was changed\n");
  }
}
