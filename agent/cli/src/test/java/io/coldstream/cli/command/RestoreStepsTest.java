package io.coldstream.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.cli.Pages;
import io.coldstream.cli.Pasted;
import io.coldstream.cli.Shell;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.compose.Composition;
import io.coldstream.cli.compose.Engine;
import io.coldstream.cli.compose.ServerHost;
import io.coldstream.cli.demo.Sample;
import io.coldstream.cli.output.Report;
import io.coldstream.cli.settings.ResultStream;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import io.coldstream.cli.settings.SettingsReader;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.cli.settings.Terminal;
import io.coldstream.core.restore.RestoreReport;
import io.coldstream.core.restore.RestoreRequest;
import io.coldstream.core.support.disk.Owner;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.eventstore.testing.model.SyntheticDatabase;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The end of a restore, read and pasted as an operator does it at night. */
class RestoreStepsTest {

  private static final Owner ROOT = new Owner(0, 0);
  private static final Owner SERVER = new Owner(998, 997);
  private static final List<String> ALONE = List.of(
      "--cluster-size", "1", "--discover-via-dns", "false", "--gossip-seed", "127.0.0.1:2113");

  @TempDir
  private Path temporary;

  private Path home;
  private String repo;
  private Path target;
  private Pasted pasted;

  @BeforeEach
  void backUp() throws Exception {
    home = Files.createDirectories(temporary.resolve("it's $HOME & größe"));
    repo = home.resolve("repository").toUri() + "?parallel=2";
    target = home.resolve("re stored");
    Sample.unpack(Sample.Day.MONDAY, temporary.resolve("node"));
    Ran backup = new Shell(home).run("backup", "--db", temporary.resolve("node"), "--repo", repo);
    assertThat(backup.exit()).as(backup.everything()).isZero();
    pasted = new Pasted(temporary, "chown", "coldstream")
        .add("runuser", "shift 3; exec \"$@\"")
        .add("setpriv", "shift 5; exec \"$@\"");
  }

  private static List<String> start(String program, Path database, Optional<Path> index) {
    List<String> words = new ArrayList<>(List.of(program, "--db", database.toString()));
    index.ifPresent(folder -> words.addAll(List.of("--index", folder.toString())));
    words.addAll(List.of("--chunk-size", "" + Sample.CHUNK_SIZE_BYTES));
    words.addAll(ALONE);
    return words;
  }

  private static String last(String output) {
    return output.lines().reduce((first, second) -> second).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "kurrentd, direct, false", "kurrentd, direct, true",
    "eventstored, truncate, false", "eventstored, truncate, true",
  })
  void theLastLineOfARestoreStartsTheServer(String program, String arrange, boolean elsewhere)
      throws Exception {
    pasted.add(program, "");
    Shell shell = new Shell(home).set("PATH", pasted.path());
    List<Object> words =
        new ArrayList<>(List.of("restore", "--to", target, "--repo", repo, "--arrange", arrange));
    Optional<Path> index = Optional.of(home.resolve("an index")).filter(i -> elsewhere);
    index.ifPresent(folder -> words.addAll(List.of("--index", folder)));

    for (String outcome : List.of("is restored to", "already")) {
      Ran ran = shell.run(words.toArray());

      assertThat(ran.exit()).as(ran.everything()).isZero();
      assertThat(ran.out()).contains(outcome);
      assertThat(ran.out().indexOf("Notes:")).isLessThan(ran.out().indexOf("Now do this"));
      List<String> expected = start(program, target.toRealPath(), index);
      List<List<String>> calls = pasted.calls(last(ran.out()));
      assertThat(calls.get(calls.size() - 1)).isEqualTo(expected);
      long starts = 0;
      for (String command : Pasted.commands(ran.out())) {
        for (List<String> call : pasted.calls(command)) {
          starts += call.equals(expected) ? 1 : 0;
        }
      }
      assertThat(starts).isEqualTo(arrange.equals("truncate") ? 2 : 1);
    }
  }

  /** Hosts, whom the files belong to, and what then stands before the start command. */
  static Stream<Arguments> hosts() {
    Optional<String> user = Optional.of("eventstore");
    return Stream.of(
        Arguments.of(host(Optional.empty(), false, "me"), SERVER, false, List.of()),
        Arguments.of(host(user, false, "eventstore"), SERVER, false, List.of()),
        Arguments.of(host(Optional.empty(), true, "root"), ROOT, true, List.of()),
        Arguments.of(
            host(user, true, "root"), ROOT, true, List.of("runuser", "-u", "eventstore", "--")),
        Arguments.of(
            host(user, true, "esdb"), SERVER, false, List.of("runuser", "-u", "esdb", "--")),
        Arguments.of(
            host(Optional.empty(), true, "998"),
            SERVER,
            false,
            List.of("setpriv", "--reuid", "998", "--regid", "997", "--clear-groups")));
  }

  private static ServerHost host(Optional<String> user, boolean root, String owner) {
    return new ServerHost("eventstored", "eventstore", user, root, owner);
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void theServerIsStartedAsTheOwnerOfItsFiles(
      ServerHost host, Owner owner, boolean given, List<String> before) throws Exception {
    pasted.add("eventstored", "");
    for (boolean elsewhere : List.of(false, true)) {
      for (boolean truncating : List.of(false, true)) {
        Path database = home.resolve("to " + elsewhere + truncating);
        Optional<Path> index = Optional.of(home.resolve("i " + truncating)).filter(i -> elsewhere);
        List<String> lines =
            end(options(database, index, truncating), host, owner).lines();

        List<List<String>> calls = pasted.calls(lines.get(lines.size() - 1));
        List<String> expected = start("eventstored", database, index);
        assertThat(calls.get(calls.size() - 1)).isEqualTo(expected);
        if (!before.isEmpty()) {
          List<String> whole = new ArrayList<>(before);
          whole.addAll(expected);
          assertThat(calls.get(0)).isEqualTo(whole);
        }
        List<String> chown = new ArrayList<>(List.of("chown", "-R", "eventstore:eventstore"));
        chown.add(database.toString());
        index.ifPresent(folder -> chown.add(folder.toString()));
        List<List<String>> all = new ArrayList<>();
        for (String command : Pasted.commands(String.join("\n", lines))) {
          all.addAll(pasted.calls(command));
        }
        assertThat(all.contains(chown)).isEqualTo(given);
      }
    }
  }

  private static RestoreRequest options(Path database, Optional<Path> index, boolean truncating) {
    RestoreRequest options = RestoreRequest.to(database);
    if (index.isPresent()) {
      options = options.withIndexIn(index.get());
    }
    return truncating ? options.truncating(RestoreRequest.DEFAULT_MAX_DROP_BYTES) : options;
  }

  /** The end of a restore on another host, whose files belong to somebody. */
  private Report end(RestoreRequest options, ServerHost host, Owner owner) throws Exception {
    ResultStream nowhere =
        new ResultStream(OutputStream.nullOutputStream(), StandardCharsets.UTF_8, false);
    Surroundings surroundings = new Surroundings(
        Map.of(), home, home.resolve("none"), nowhere, nowhere, Terminal.NONE, Clock.systemUTC());
    CommandLine line = Coldstream.commandLine(surroundings);
    line.parseArgs("restore", "--to", options.target().toString(), "--repo", repo);
    Settings settings = SettingsReader.read(Map.of(Setting.REPO, repo), surroundings);
    Invocation given =
        Invocation.of(line.getSubcommands().get("restore").getCommandSpec(), settings);
    try (Composition composition = Composition.open(settings, RunListener.NONE, metrics -> {})) {
      RestoreReport done =
          new Engine(composition, Clock.systemUTC(), RunListener.NONE).restore(options);
      RestoreReport theirs = new RestoreReport(
          done.outcome(),
          done.plan(),
          new RestoreReport.Place(done.database(), done.index(), owner, owner),
          done.space(),
          done.takesOver(),
          done.fetchedBytes(),
          done.setAside());
      NextSteps next = new RestoreSteps(theirs, host, given).next();
      return next.after(List.of(), next);
    }
  }

  @Test
  void theNodeIsKeptFromItsOldClusterBeforeItIsStarted() {
    JsonNode now = document("--takes-over").at("/result/now");

    List<String> texts = new ArrayList<>();
    now.forEach(step -> texts.add(step.get("text").asText()));
    texts.removeIf(text -> text.startsWith("Give the files"));
    assertThat(texts).hasSize(4);
    assertThat(texts.get(0))
        .startsWith("Keep this node away")
        .contains("ClusterDns", "GossipSeed", "--cluster-size 1", "restore backup 1 on each");
    assertThat(texts.get(1)).contains("archive");
    assertThat(texts.get(2)).startsWith("Set the chunk size");
    assertThat(texts.get(3)).startsWith("Start the server");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aChunkSizeThatIsNotTheDefaultIsNamedAsOptionSettingAndVariable(boolean dryRun) {
    List<Object> words = new ArrayList<>(List.of("restore", "--to", target, "--repo", repo));
    if (dryRun) {
      words.add("--dry-run");
    }

    Ran ran = new Shell(home).run(words.toArray());

    assertThat(ran.exit()).as(ran.everything()).isZero();
    assertThat(ran.out())
        .contains("chunk size     256.0 KiB (start a server with --chunk-size 262144)");
    assertThat(ran.out())
        .contains(
            "ChunkSize: 262144", "KURRENTDB_CHUNK_SIZE=262144", "EVENTSTORE_CHUNK_SIZE=262144")
        .contains("23.10 prints the option but ignores it", "20.10 does not have it");
    words.add("--json");
    assertThat(
            new Shell(home).run(words.toArray()).json().at("/result/chunkSize").asLong())
        .isEqualTo(262_144);
  }

  @Test
  void theDefaultChunkSizeNeedsNoOption() throws Exception {
    Path node = temporary.resolve("usual");
    SyntheticDatabase.write(
        node, new SyntheticDatabase.Shape(256 << 20, 0, 1500, 1500, 250, 1, true, 4, 1));
    String usual = home.resolve("usual").toUri().toString();
    Shell shell = new Shell(home);
    assertThat(shell.run("backup", "--db", node, "--repo", usual).exit()).isZero();

    Ran ran = shell.run("restore", "--to", target, "--repo", usual);

    assertThat(ran.exit()).as(ran.everything()).isZero();
    assertThat(ran.out())
        .contains("chunk size     256.0 MiB\n")
        .doesNotContain("--chunk-size", "Set the chunk size", "CHUNK_SIZE");
    assertThat(shell.run("show", "--repo", usual).out())
        .contains("chunk size     256.0 MiB\n")
        .doesNotContain("--chunk-size");
  }

  @ParameterizedTest
  @CsvSource({
    "0, a few seconds", "2000000, a few seconds", "999999999, a few seconds",
    "1000000000, about 10 s", "30000000000, about 5 min 0 s", "1000000000000, about 2 h 46 min"
  })
  void aRebuildOfTheIndexIsEstimatedInOneFigure(long logBytes, String duration) {
    assertThat(RestoreSteps.rebuild(logBytes)).isEqualTo(duration);
  }

  @Test
  void theGuideHasTheSameStartCommand() throws Exception {
    assertThat(String.join("\n", Pages.lines("restore.md")))
        .contains("kurrentd --db /var/lib/kurrentdb " + String.join(" ", ALONE));
  }

  @Test
  void theFirstBackupIsPrintedForTheRestoredDirectory() throws Exception {
    Path config = Files.writeString(home.resolve("c.yaml"), "index: " + home.resolve("old") + "\n");

    JsonNode toKnow = document("--config", config.toString()).at("/result/toKnow");

    String command = toKnow.get(toKnow.size() - 1).get("command").asText();
    assertThat(pasted.calls(command))
        .containsExactly(List.of(
            "coldstream",
            "backup",
            "--repo",
            repo,
            "--config",
            config.toString(),
            "--db",
            target.toRealPath().toString(),
            "--index",
            target.toRealPath().resolve("index").toString(),
            "--new-lineage"));
    JsonNode instead = document("--takes-over").at("/result/toKnow");
    assertThat(instead.get(instead.size() - 1).get("text").asText())
        .contains("continue the repository", "backups of a later point");
  }

  @Test
  void anIndexThatIsLeftOutIsSaidToTakeTime() {
    assertThat(document("--without-index").at("/result/toKnow").toString())
        .contains("The index is not restored", "rebuilds it before it is ready");
  }

  @Test
  void aDiscardedRestoreCanBeRunAgain() throws Exception {
    Files.createDirectories(target);
    mark(CheckpointName.TRUNCATE, -1);
    mark(CheckpointName.WRITER, 1L << 60);
    mark(CheckpointName.CHASER, (1L << 60) + 8);
    Shell shell = new Shell(home);

    Ran ran =
        shell.run("restore", "--to", target, "--discard", "--repo", repo, "--arrange", "truncate");

    assertThat(ran.exit()).as(ran.everything()).isZero();
    List<String> call = pasted.calls(last(ran.out())).get(0);
    assertThat(call)
        .containsExactly(
            "coldstream",
            "restore",
            "--to",
            target.toString(),
            "--repo",
            repo,
            "--arrange",
            "truncate");
    assertThat(shell.run(call.subList(1, call.size()).toArray()).exit()).isZero();
  }

  private void mark(CheckpointName name, long value) throws Exception {
    byte[] bytes =
        value < 0 ? Checkpoint.unset(name).bytes() : Checkpoint.at(name, value).bytes();
    Files.write(target.resolve(name.fileName()), bytes);
  }

  private JsonNode document(String... more) {
    List<Object> words = new ArrayList<>(List.of("restore", "--to", target, "--repo", repo));
    words.addAll(List.of(more));
    words.add("--json");
    Ran ran = new Shell(home).run(words.toArray());
    assertThat(ran.exit()).as(ran.everything()).isZero();
    return ran.json();
  }
}
