package io.coldstream.core.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.RestoreText;
import io.coldstream.core.support.disk.LocalDisk;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.eventstore.testing.model.DatabaseSet;
import io.coldstream.eventstore.testing.model.Oracle;
import io.coldstream.eventstore.testing.model.SyntheticDatabase;
import io.coldstream.store.ObjectName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Follows {@code RESTORE.txt} line by line with a shell and nothing of ours. */
class RestoreTextTest {

  @TempDir
  Path folder;

  static Stream<String> fixtures() {
    return Fixtures.names().stream();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void givesADatabaseThatTheCheckerAccepts(String name) throws Exception {
    Fixture fixture = Fixture.unpack(name, folder);
    for (String state : fixture.expected().keySet()) {
      TestRepository repository = TestRepository.of(fixture.database(state));
      Path stored = store(repository, folder.resolve("repository-" + state));
      Path target = folder.resolve("by-hand-" + state);

      String said = run(commands(
          "file",
          Map.of(
              "REPO", stored.toString(), "BACKUP", "000000000001", "TARGET", target.toString())));

      assertThat(said).isEqualTo("CHUNK SIZE: start the server with --chunk-size 262144\n");
      DatabaseSet byHand = DatabaseSet.read(target);
      assertThat(Oracle.structural().arranged().check(byHand)).isEmpty();
      assertSameAsOurs(repository, byHand, state);
      Path byScript = folder.resolve("by-script-" + state);
      assertThat(script(stored, "file://" + stored, "1", byScript.toString())).isZero();
      assertThat(Files.readString(folder.resolve("log")))
          .startsWith(said + "Backup 1 is in " + byScript + ".")
          .contains("\nTARGET='" + byScript + "'\n")
          .endsWith("--gossip-seed 127.0.0.1:2113\n");
      assertSameAsOurs(repository, DatabaseSet.read(byScript), state);
    }
  }

  @Test
  void theScriptRefusesWhatItCannotDo() throws Exception {
    Fixture fixture = Fixture.unpack("orders-" + Fixtures.NEWEST, folder);
    TestRepository repository = TestRepository.of(fixture.database());
    Path stored = store(repository, folder.resolve("repository"));
    String url = "file://" + stored;
    String target = folder.resolve("new folder").toString();

    assertThat(script(stored)).isEqualTo(2);
    assertThat(Files.readString(folder.resolve("log")))
        .contains("sh RESTORE.sh REPOSITORY BACKUP TARGET", "file:///path");
    assertThat(script(stored, "ftp://host/x", "1", target)).isEqualTo(2);
    assertThat(script(stored, url, "newest", target)).isEqualTo(2);
    assertThat(script(stored, url, "1", fixture.database().toString())).isEqualTo(7);
    assertThat(Path.of(target)).doesNotExist();
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(script(stored, url, "1", file + "/below")).isEqualTo(7);
    assertThat(Files.readString(folder.resolve("log")))
        .endsWith("RESTORE.sh: " + file + "/below cannot be created, or not be entered\n");
    assertThat(script(stored, url, "2", target)).isEqualTo(4);
    assertThat(Path.of(target)).isDirectoryNotContaining("glob:**.chk");

    repository.flipBit(repository.find("chunks/"));
    Path damaged = store(repository, folder.resolve("damaged"));
    assertThat(script(damaged, "file://" + damaged, "000000000001", target + "2"))
        .isEqualTo(4);
    assertThat(Files.readString(folder.resolve("log")))
        .contains("STOP: " + repository.find("chunks/") + " is damaged");
    assertThat(Path.of(target + "2")).isDirectoryNotContaining("glob:**.chk");
  }

  /** Runs the repository's script; its words are in the log. */
  private int script(Path stored, String... words) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("sh", stored.resolve("RESTORE.sh").toString()));
    command.addAll(List.of(words));
    Process shell = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
    try {
      assertThat(shell.waitFor(2, TimeUnit.MINUTES)).isTrue();
    } finally {
      shell.destroyForcibly();
    }
    return shell.exitValue();
  }

  private void assertSameAsOurs(TestRepository repository, DatabaseSet byHand, String state)
      throws Exception {
    Path target = folder.resolve("by-coldstream-" + state);
    RestoreBench.restore(new LocalDisk(), repository.open(), RestoreRequest.to(target));
    DatabaseSet ours = DatabaseSet.read(target).without("coldstream-restored.json");
    assertThat(byHand.root().keySet()).isEqualTo(ours.root().keySet());
    assertThat(byHand.index().keySet()).isEqualTo(ours.index().keySet());
    ours.root()
        .forEach((file, bytes) -> assertThat(byHand.root().get(file)).as(file).isEqualTo(bytes));
    ours.index()
        .forEach((file, bytes) -> assertThat(byHand.index().get(file)).as(file).isEqualTo(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "manifests/000000000001.json",
        "pages/",
        "chunks/",
        "index/",
        "active/",
        "direct/truncate.chk",
        "direct/epoch.chk",
        "direct/chaser.chk"
      })
  void stopsBeforeThereIsACheckpointWhenAnObjectIsMissing(String text) throws Exception {
    Fixture fixture = Fixture.unpack("orders-" + Fixtures.NEWEST, folder);
    TestRepository repository = TestRepository.of(fixture.database());
    ObjectName lost = repository.find(text);
    repository.remove(lost);
    Path stored = store(repository, folder.resolve("repository"));
    Path target = folder.resolve("target");

    String said = run(commands(
        "file",
        Map.of("REPO", stored.toString(), "BACKUP", "000000000001", "TARGET", target.toString())));

    assertThat(said)
        .doesNotContain("CHUNK SIZE")
        .contains("STOP: " + lost.value().replaceFirst("^.*/direct/", "") + " is missing")
        .contains("STOP: something is missing");
    assertThat(target).isDirectoryNotContaining("glob:**.chk");
  }

  @ParameterizedTest
  @ValueSource(strings = {"manifests/000000000001.json", "pages/"})
  void stopsBeforeThereIsACheckpointWhenAListIsDamaged(String text) throws Exception {
    Fixture fixture = Fixture.unpack("orders-" + Fixtures.NEWEST, folder);
    TestRepository repository = TestRepository.of(fixture.database());
    ObjectName damaged = repository.find(text);
    repository.alter(
        damaged,
        bytes -> new String(bytes, StandardCharsets.UTF_8)
            .replaceFirst("\"scavenged\"", "\"scavengeD\"")
            .getBytes(StandardCharsets.UTF_8));
    Path stored = store(repository, folder.resolve("repository"));
    Path target = folder.resolve("target");

    String said = run(commands(
        "file",
        Map.of("REPO", stored.toString(), "BACKUP", "000000000001", "TARGET", target.toString())));

    assertThat(said)
        .contains("STOP: " + damaged + " is damaged")
        .contains("STOP: something is missing or damaged");
    assertThat(target).isDirectoryNotContaining("glob:**.chk");
  }

  @Test
  void theDefaultChunkSizeNeedsNoOption() throws Exception {
    Path database = folder.resolve("node");
    SyntheticDatabase.write(
        database, new SyntheticDatabase.Shape(256 << 20, 0, 1500, 1500, 250, 1, true, 4, 1));
    Path stored = store(TestRepository.of(database), folder.resolve("repository"));
    Path target = folder.resolve("target");

    String said = run(commands(
        "file",
        Map.of("REPO", stored.toString(), "BACKUP", "000000000001", "TARGET", target.toString())));

    assertThat(said).isEmpty();
    assertThat(target.resolve("chaser.chk")).exists();
  }

  @Test
  void itEndsWithTheStartOfTheServerAfterAllElse() {
    List<String> text =
        new String(RestoreText.bytes(), StandardCharsets.UTF_8).lines().toList();

    assertThat(text.get(text.size() - 1))
        .isEqualTo("    kurrentd --db \"$TARGET\" --cluster-size 1 --discover-via-dns false"
            + " --gossip-seed 127.0.0.1:2113");
    assertThat(text.stream().filter(line -> line.contains("kurrentd --"))).hasSize(1);
    assertThat(text).anyMatch(line -> line.contains("GossipSeed"));
  }

  @Test
  void theTextIsAsciiAndHasTheLinesOfThisInstallationsProvider() {
    assertThat(lines("[file] ")).hasSize(2);
    assertThat(lines("[all] ")).hasSizeGreaterThan(8);
    assertThat(new String(RestoreText.bytes(), StandardCharsets.UTF_8))
        .matches("\\p{ASCII}*")
        .contains("A folder:\n  [file] REPO=")
        .doesNotContain("@PROVIDERS@");
  }

  /**
   * The commands of one provider, with the reader's own values in the place of those in the text.
   *
   * @param provider {@code file}, {@code s3}, {@code gs} or {@code az}
   * @param values what to assign to which variable
   */
  static List<String> commands(String provider, Map<String, String> values) {
    List<String> commands = new ArrayList<>();
    for (String line : lines("[" + provider + "] ", "[all] ")) {
      String variable = line.substring(0, Math.max(0, line.indexOf('=')));
      commands.add(values.containsKey(variable) ? variable + "=" + values.get(variable) : line);
    }
    assertThat(values.keySet())
        .allMatch(v -> commands.stream().anyMatch(c -> c.startsWith(v + "=")));
    return commands;
  }

  private static List<String> lines(String... marks) {
    return new String(RestoreText.bytes(), StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .flatMap(line ->
            Stream.of(marks).filter(line::startsWith).map(mark -> line.substring(mark.length())))
        .toList();
  }

  /** Runs commands in one shell; gives all that it said. */
  private String run(List<String> commands) throws Exception {
    Path log = folder.resolve("log");
    Process shell = new ProcessBuilder("sh")
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
    try (var in = shell.getOutputStream()) {
      in.write((String.join("\n", commands) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    try {
      assertThat(shell.waitFor(2, TimeUnit.MINUTES)).isTrue();
    } finally {
      shell.destroyForcibly();
    }
    return Files.readString(log);
  }

  /** The objects as files, as a directory repository has them. */
  private static Path store(TestRepository repository, Path into) throws Exception {
    LocalRepository.copy(repository.store(), into);
    assertThat(Files.readAllBytes(into.resolve(Layout.RESTORE_TEXT.value())))
        .isEqualTo(RestoreText.bytes());
    return into;
  }
}
