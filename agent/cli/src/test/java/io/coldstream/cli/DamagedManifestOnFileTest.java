package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.demo.Sample;
import io.coldstream.core.repository.StartGuardValues;
import io.coldstream.core.repository.manifest.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands say when a manifest is damaged or gone, and that their advice helps. */
class DamagedManifestOnFileTest {

  private static final String NEWEST = "manifests/000000000002.json";

  @TempDir
  private Path home;

  private Shell shell;
  private Path repository;
  private Path tuesday;

  @BeforeEach
  void backUpTwice() throws IOException {
    Path monday = home.resolve("monday");
    tuesday = home.resolve("tuesday");
    repository = home.resolve("repository");
    Sample.unpack(Sample.Day.MONDAY, monday);
    Sample.unpack(Sample.Day.TUESDAY, tuesday);
    // Each command on a machine of its own: no hint tells which numbers were used.
    shell = new Shell(home).set("COLDSTREAM_REPO", repository.toUri().toString());
    assertThat(backUp(monday, 1).exit()).isZero();
    assertThat(backUp(tuesday, 2).exit()).isZero();
  }

  private Ran backUp(Path database, int machine) {
    return shell.run("backup", "--db", database, "--state", home.resolve("state-" + machine));
  }

  private void alterProposal() throws IOException {
    Path manifest = repository.resolve(NEWEST);
    String text = Files.readString(manifest);
    String altered = text.replaceFirst("(\"proposal\" : \\d*)(\\d)", "$17");
    assertThat(altered).isNotEqualTo(text).hasSameSizeAs(text);
    replace(manifest, altered);
  }

  private static void replace(Path file, String text) throws IOException {
    Files.delete(file);
    Files.writeString(file, text);
  }

  private void remove(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(repository.resolve(folder))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void assertFails(Ran ran, int exit, String... saying) {
    assertThat(ran.exit()).as(ran.everything()).isEqualTo(exit);
    assertThat(ran.err()).contains(saying);
  }

  @Test
  void listShowsTheOthersAndNamesIt() throws IOException {
    alterProposal();

    Ran list = shell.run("list");
    assertFails(list, 4, "1 of 2 backups cannot be read", NEWEST + " is damaged", "rename it to");
    assertThat(list.out().lines().toList())
        .hasSize(4)
        .anyMatch(line -> line.startsWith("     1  "))
        .anyMatch(line -> line.startsWith("1 backup, "));

    JsonNode json = shell.run("list", "--json").json();
    assertThat(json.at("/exit").asInt()).isEqualTo(4);
    assertThat(json.at("/error/kind").asText()).isEqualTo("repository-damaged");
    assertThat(json.at("/result/backups")).hasSize(1);
    assertThat(json.at("/result/backups/0/sequence").asLong()).isEqualTo(1);
    assertThat(json.at("/result/unreadable")).hasSize(1);
    assertThat(json.at("/result/unreadable/0/sequence").asLong()).isEqualTo(2);
    assertThat(json.at("/result/unreadable/0/fault").asText()).contains(NEWEST, "SHA-256");
  }

  @Test
  void theOthersAreShownVerifiedAndRestored() throws IOException {
    alterProposal();

    assertFails(shell.run("show"), 4, NEWEST + " is damaged", "coldstream show --repo", " 1\n");
    assertThat(shell.run("show", 1).exit()).isZero();

    Ran verify = shell.run("verify");
    assertFails(verify, 9, NEWEST + " is damaged");
    assertThat(verify.out()).contains("1 backup, 23 objects present");
    Ran first = shell.run("verify", "--data", "--backup", 1);
    assertThat(first.exit()).as(first.everything()).isZero();
    assertThat(first.out()).contains("note   " + NEWEST + " is damaged");

    Path target = home.resolve("restored");
    long kept = shell
        .run("show", 1, "--json")
        .json()
        .at("/result/backup/restorePoint/position")
        .asLong();
    Ran point = shell.run("restore", "--to", home.resolve("point"), "--position", kept, "-n");
    assertThat(point.exit()).as(point.everything()).isZero();
    assertThat(point.out().replaceAll("\\s+", " "))
        .contains("a newer backup was passed over: " + NEWEST + " is damaged");
    Ran latest = shell.run("restore", "--to", target);
    assertFails(latest, 4, NEWEST + " is damaged", "The newest backup that can be read is 1");
    assertThat(target).doesNotExist();
    String command = latest
        .err()
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("coldstream restore "))
        .reduce((a, b) -> b)
        .orElseThrow();
    List<String> words = List.of(command.split(" "));
    assertThat(words).startsWith("coldstream", "restore").containsSequence("--backup", "1");
    Ran restored = shell.run(words.subList(1, words.size()).toArray());
    assertThat(restored.exit()).as(restored.everything()).isZero();
    assertThat(target.resolve("chaser.chk")).exists();
  }

  @Test
  void aBackupIsRefusedUntilTheManifestIsSetAsideAndTakesTheNextNumber() throws IOException {
    alterProposal();
    Path damaged = repository.resolve(NEWEST);
    byte[] bytes = Files.readAllBytes(damaged);

    assertFails(
        backUp(tuesday, 3),
        4,
        "backup 2",
        "nothing was uploaded",
        "rename it to " + NEWEST + ".damaged");
    assertThat(damaged).hasBinaryContent(bytes);

    Path aside = repository.resolve(NEWEST + ".damaged");
    Files.move(damaged, aside);
    Ran next = backUp(tuesday, 3);
    assertThat(next.exit()).as(next.everything()).isZero();
    assertThat(next.out()).contains("backup 3 of ");
    assertThat(aside).hasBinaryContent(bytes);
    assertThat(shell.run("list").exit()).isZero();
    assertThat(shell.run("verify", "--data").exit()).isZero();
  }

  @Test
  void aRepositoryThatLostItsManifestsIsNotCalledEmpty() throws IOException {
    remove("manifests");

    for (Object[] words : new Object[][] {
      {"list"}, {"show"}, {"verify"}, {"restore", "--to", home.resolve("restored")}
    }) {
      assertFails(shell.run(words), 4, "pages/", "no manifest under manifests/", "restore them");
    }
    assertThat(shell.run("list", "--json").json().at("/error/kind").asText())
        .isEqualTo("repository-damaged");
    Ran next = backUp(tuesday, 3);
    assertThat(next.exit()).as(next.everything()).isZero();
    assertThat(next.err()).contains("warning: ", "no manifest under manifests/", "gets number 1");
  }

  @Test
  void anInterruptedFirstBackupIsNamed() throws IOException {
    for (String folder : List.of("manifests", "pages", "active")) {
      remove(folder);
    }

    Ran list = shell.run("list");
    assertThat(list.exit()).isZero();
    assertThat(list.out()).contains("no complete backup yet: the first backup was interrupted");
    assertFails(
        shell.run("restore", "--to", home.resolve("restored")), 2, "no complete backup yet");
    Ran next = backUp(tuesday, 3);
    assertThat(next.exit()).as(next.everything()).isZero();
    assertThat(next.err()).doesNotContain("no manifest");
  }

  @Test
  void aDamagedRepositoryDocumentIsNamedWithTheWaysOut() throws IOException {
    Path document = repository.resolve("coldstream.json");
    replace(
        document,
        Files.readString(document).replaceFirst("\"created\" : \"20", "\"created\" : \"21"));

    assertFails(
        shell.run("list"), 4, "coldstream.json is damaged", "earlier version", "RESTORE.txt");
    assertFails(backUp(tuesday, 3), 4, "coldstream.json is damaged");
  }

  @Test
  void aLostRepositoryDocumentIsWrittenAgainAsThePageSays() throws Exception {
    JsonNode manifest =
        JsonMapper.builder().build().readTree(repository.resolve(NEWEST).toFile());
    Path document = repository.resolve("coldstream.json");
    Files.delete(document);
    List<String> commands = Pages.lines("repository-format.md").stream()
        .filter(line -> line.startsWith("    printf "))
        .map(line -> line.replace("\"ID\"", manifest.get("repository").toString())
            .replace("\"DATABASE\"", manifest.get("database").toString()))
        .toList();
    assertThat(commands).hasSize(2);

    Process process = new ProcessBuilder("sh", "-ec", String.join("\n", commands))
        .directory(repository.toFile())
        .inheritIO()
        .start();

    assertThat(process.waitFor()).isZero();
    Ran list = shell.run("list");
    assertThat(list.exit()).as(list.everything()).isZero();
    assertThat(backUp(tuesday, 3).exit()).isZero();
  }

  /** As a later version of Coldstream would leave it, with its own digest. */
  private void makeNewer() throws IOException {
    Path manifest = repository.resolve(NEWEST);
    String text = Files.readString(manifest).replace("\"coldstream\" : 1", "\"coldstream\" : 2");
    String covered = text.substring(0, text.lastIndexOf("  \"sha256\" : "));
    String digest = Sha256.of(covered.getBytes(StandardCharsets.UTF_8)).hex();
    replace(manifest, covered + "  \"sha256\" : \"" + digest + "\"\n}\n");
  }

  @ParameterizedTest
  @CsvSource({
    "list, 4",
    "show, 4",
    "restore --to new, 4",
    "restore --to new --backup 2, 4",
    "restore --to new --position 5000, 0",
    "restore-points, 0",
    "events order-1, 4",
    "stats, 4",
    "diff 1 2, 4",
    "verify, 9",
    "verify --sample 10%, 9",
    "verify --data --shard 1/1 --run r, 9",
    "copy --to file:///new, 4",
    "copy --all --to file:///new, 4",
    "backup --db tuesday, 4"
  })
  void aManifestOfALaterFormatIsNamedByEveryCommand(String line, int exit) throws IOException {
    makeNewer();
    List<Object> words = new ArrayList<>();
    for (String word : line.split(" ")) {
      words.add(word.replace("file:///", home.toUri().toString())
          .replaceFirst("^(new|tuesday)$", home + "/$1"));
    }

    Ran ran = shell.run(words.toArray());

    assertThat(ran.exit()).as(ran.everything()).isEqualTo(exit);
    assertThat(ran.everything()).contains("says format 2").doesNotContain("rename");
    assertThat(repository.resolve(NEWEST)).exists();
  }

  @Test
  void aLostChunkStopsNoOtherFileOfARestore() throws IOException {
    Path lost;
    try (Stream<Path> chunks = Files.list(repository.resolve("chunks"))) {
      lost = chunks.sorted().findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(lost);
    Files.delete(lost);
    Path target = home.resolve("target");

    Ran ran = shell.run("restore", "--to", target);

    assertFails(
        ran, 4, "chunks/" + lost.getFileName(), "is missing", "the other files are still fetched");
    assertThat(Pasted.commands(ran.err()))
        .anyMatch(command -> command.contains("backup") && command.contains("--recheck"));
    assertThat(ByteBuffer.wrap(Files.readAllBytes(target.resolve("chaser.chk")))
            .order(ByteOrder.LITTLE_ENDIAN)
            .getLong())
        .isEqualTo(StartGuardValues.CHASER);
    Files.write(lost, bytes);
    JsonNode result = shell.run("restore", "--to", target, "--json").json().get("result");
    assertThat(result.get("outcome").asText()).isEqualTo("restored");
    assertThat(result.get("fetchedBytes").asLong()).isEqualTo(bytes.length);
  }
}
