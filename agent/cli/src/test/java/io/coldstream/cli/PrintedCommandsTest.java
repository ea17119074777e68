package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Printed commands, pasted: they do what they promise, on the same place. */
class PrintedCommandsTest {

  private static final String ODD = "a b'c$d & größe";

  @TempDir
  private Path temporary;

  private Path home;
  private Path clone;
  private Fixture series;
  private Pasted pasted;

  @BeforeEach
  void unpack() throws Exception {
    series = Fixture.unpack("series-" + Fixtures.NEWEST, temporary);
    home = Files.createDirectories(temporary.resolve(ODD));
    pasted = new Pasted(temporary, "coldstream");
  }

  private static Ran done(Ran ran) {
    assertThat(ran.exit()).as(ran.everything()).isZero();
    return ran;
  }

  /** A node that was restored from the repository's first backup and has written since. */
  private void backUpAndFork(String repo) throws Exception {
    Shell shell = new Shell(temporary);
    done(shell.run("backup", "--db", series.database("day1"), "--repo", repo));
    Path restored = temporary.resolve("restored");
    done(shell.run("restore", "--to", restored, "--repo", repo, "--quiet"));
    clone = Files.move(series.database("day2"), home.resolve("node"));
    String mark = "coldstream-restored.json";
    Files.copy(restored.resolve(mark), clone.resolve(mark));
  }

  private List<String> only(Ran ran) throws Exception {
    List<String> commands = Pasted.commands(ran.err());
    assertThat(commands).as(ran.everything()).hasSize(1);
    return pasted.calls(commands.get(0)).get(0);
  }

  private static Object[] arguments(List<String> call) {
    assertThat(call.get(0)).isEqualTo("coldstream");
    return call.subList(1, call.size()).toArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "s3", "gs", "az"})
  void theCommandForANewLineageWorksOnEveryStore(String scheme) throws Exception {
    String repo = Repositories.onEveryStore(temporary).get(scheme);
    assumeThat(repo).as("this machine has no emulator of " + scheme).isNotNull();
    backUpAndFork(repo);
    Shell shell = new Shell(temporary);
    Ran refused = shell.run("backup", "--repo", repo, "--db", clone);
    assertThat(refused.exit()).as(refused.everything()).isEqualTo(8);

    List<String> call = only(refused);

    assertThat(call)
        .containsExactly(
            "coldstream", "backup", "--repo", repo, "--db", clone.toString(), "--new-lineage");
    assertThat(done(shell.run(arguments(call))).out()).contains("backup 2 of ");
  }

  @Test
  void everythingThatWasTypedIsCarried() throws Exception {
    String repo = temporary.resolve("repository").toUri() + "?parallel=2&part-size=8MiB";
    backUpAndFork(repo);
    Path index = Files.move(clone.resolve("index"), home.resolve("index"));
    Path config = Files.writeString(home.resolve("my $.yaml"), "min-free: 1MiB\n");
    List<String> typed = new ArrayList<>(List.of("backup", "--repo", repo));
    typed.addAll(List.of("--db", clone.toString(), "--index", index.toString()));
    typed.addAll(List.of("--label=-it's", "--max-election-loss", "1KiB"));
    typed.addAll(List.of("--state", home.resolve("state").toString()));
    typed.addAll(List.of("--limit-upload", "900MiB", "--finish-within", "5m"));
    typed.addAll(List.of("--config", config.toString()));
    Shell shell = new Shell(temporary);
    List<String> before = new ArrayList<>(typed);
    before.addAll(List.of("--json", "-v"));
    Ran document = shell.run(before.toArray());
    assertThat(document.json().at("/error/message").asText()).contains(repo);

    Ran refused = shell.run(typed.toArray());
    assertThat(refused.exit()).as(refused.everything()).isEqualTo(8);
    List<String> call = only(refused);

    List<String> expected = new ArrayList<>(List.of("coldstream"));
    expected.addAll(typed);
    expected.add("--new-lineage");
    assertThat(call).containsExactlyInAnyOrderElementsOf(expected);
    done(shell.run(arguments(call)));
  }

  @Test
  void whatTheEnvironmentSetsIsWrittenOutAndTheFileIsNamed() throws Exception {
    String repo = temporary.resolve("repository").toUri() + "?parallel=2";
    backUpAndFork(repo);
    Shell shell = new Shell(temporary)
        .configure("repo: " + repo + "\nlabel: from the file\n")
        .set("COLDSTREAM_DB", clone.toString())
        .set("COLDSTREAM_MIN_FREE", "1MiB")
        .set("STATE_DIRECTORY", home.resolve("state").toString());

    List<String> call = only(shell.run("backup"));

    assertThat(call)
        .containsExactly(
            "coldstream",
            "backup",
            "--repo",
            repo,
            "--db",
            clone.toString(),
            "--min-free",
            "1MiB",
            "--state",
            home.resolve("state").toString(),
            "--config",
            shell.configFile().toString(),
            "--new-lineage");
    done(new Shell(home).run(arguments(call)));
    assertThat(new Shell(home).run("show", "--repo", repo).out()).contains("from the file");
  }

  @Test
  void aRelativePathIsWrittenFromTheRootOn() throws Exception {
    String repo = temporary.resolve("repository").toUri().toString();
    backUpAndFork(repo);
    Path relative = Path.of("").toAbsolutePath().relativize(clone);

    assertThat(only(new Shell(temporary).run("backup", "--db", relative, "--repo", repo)))
        .containsSubsequence("--db", clone.toString());
  }

  @Test
  void aCommandThatListsBackupsNamesTheSameRepository() throws Exception {
    String repo = temporary.resolve("repository").toUri() + "?parallel=2";
    Shell shell = new Shell(temporary);
    done(shell.run("backup", "--db", series.database("day1"), "--repo", repo));

    Ran unknown = shell.run("restore", "--to", home.resolve("to"), "--repo", repo, "--backup", 7);

    assertThat(unknown.exit()).isEqualTo(2);
    List<String> call = only(unknown);
    assertThat(call).containsExactly("coldstream", "list", "--repo", repo);
    assertThat(done(shell.run(arguments(call))).out().lines()).hasSize(4);
  }

  @Test
  void theCommandsAfterAServerWasStartedTooEarlyMakeTheRestoreWork() throws Exception {
    String repo = temporary.resolve("repository").toUri().toString();
    Shell shell = new Shell(temporary);
    done(shell.run("backup", "--db", series.database("day1"), "--repo", repo));
    Path made = Fixture.unpack("fresh-" + Fixtures.NEWEST, temporary).database();
    Path target = Files.move(made, home.resolve("target"));
    Files.createFile(Files.createDirectory(target.resolve("coldstream-restore")).resolve("lock"));
    Ran early = shell.run("restore", "--to", target, "--repo", repo);
    assertThat(early.exit()).as(early.everything()).isEqualTo(7);
    assertThat(early.err()).contains("a server was started too early");

    List<String> commands = new ArrayList<>(Pasted.commands(early.err()));
    String last = commands.remove(commands.size() - 1);
    commands.add("coldstream"); // the machine's own programs are not noted
    pasted.calls("set -e\n" + String.join("\n", commands));

    assertThat(target.resolve("coldstream-set-aside/early-start/chunk-000000.000000"))
        .exists();
    List<String> again = pasted.calls(last).get(0);
    assertThat(again)
        .containsExactly("coldstream", "restore", "--to", target.toString(), "--repo", repo);
    done(shell.run(arguments(again)));
  }

  @Test
  void aRepairNamesTheDatabaseThatIsSetOrSaysWhatIsMissing() throws Exception {
    String repo = temporary.resolve("repository").toUri() + "?parallel=2";
    Path node = Files.move(series.database("day1"), home.resolve("node"));
    Shell shell = new Shell(temporary);
    done(shell.run("backup", "--db", node, "--repo", repo));
    try (var chunks = Files.list(temporary.resolve("repository/chunks"))) {
      Files.delete(chunks.sorted().findFirst().orElseThrow());
    }
    Ran elsewhere = shell.run("verify", "--repo", repo, "--limit-download", "900MiB");
    assertThat(elsewhere.out()).contains("(with its data directory for DIR):");
    assertThat(only(elsewhere))
        .containsExactly("coldstream", "backup", "--repo", repo, "--db", "DIR", "--recheck");
    assertThat(Pasted.commands(elsewhere.out())).isEqualTo(Pasted.commands(elsewhere.err()));
    Ran restore = shell.run("restore", "--to", home.resolve("to"), "--repo", repo);
    assertThat(restore.exit()).isEqualTo(4);
    assertThat(only(restore)).isEqualTo(only(elsewhere));

    Ran beside = shell.set("COLDSTREAM_DB", node.toString()).run("verify", "--repo", repo);

    List<String> call = only(beside);
    done(new Shell(home).run(arguments(call)));
    done(new Shell(home).run("verify", "--repo", repo));
  }
}
