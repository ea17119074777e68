package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look into a repository, on three days of a real database. */
class InspectOnEveryStoreTest {

  private static final List<String> DAYS = List.of("day1", "day2", "day3");

  @TempDir
  private Path home;

  private Fixture series;
  private Shell shell;

  @BeforeEach
  void backUp() {
    series = Fixture.unpack("series-" + Fixtures.NEWEST, home);
    shell = on(file());
  }

  private String file() {
    return home.resolve("repository").toUri().toString();
  }

  private Shell on(String url) {
    Shell opened = new Shell(home).set("COLDSTREAM_REPO", url);
    for (String day : DAYS) {
      done(opened, "backup", "--db", series.database(day), "--label", "of " + day);
    }
    return opened;
  }

  private static Ran done(Shell shell, Object... words) {
    Ran ran = shell.run(words);
    assertThat(ran.exit()).as(ran.everything()).isZero();
    return ran;
  }

  @Test
  void everyStoreGivesTheSameAnswers() {
    Map<String, String> stores = Repositories.onEveryStore(home);
    stores.remove("file");
    assertThat(stores).containsKeys("s3", "gs");
    for (String url : stores.values()) {
      Shell other = on(url);
      for (String line : List.of(
          "events order-3",
          "events order-3 --backup 2 --from 10 --count 5",
          "events order-6 --all",
          "diff 1 3",
          "list --label day2 --last 1")) {
        Object[] words = line.split(" ");
        String expected = normal(done(shell, words).out());
        assertThat(normal(done(other, words).out())).as(url + " " + line).isEqualTo(expected);
      }
      JsonNode stats = done(other, "stats", "--json").json().get("result");
      assertThat(stats.get("unnamed").get("objects").asInt()).isZero();
      JsonNode map = done(other, "show", "3", "--chunks", "--times", "--json").json();
      assertThat(map.at("/result/chunkMap"))
          .isEqualTo(done(shell, "show", "3", "--chunks", "--times", "--json")
              .json()
              .at("/result/chunkMap"));
    }
  }

  /** Without what the moment of a backup decides; the records are of 22 November. */
  private static String normal(String text) {
    return text.replaceAll("20\\d\\d-(?!11-22)[0-9T:.-]+Z", "TIME")
        .replaceAll("less than a minute|\\d+ minutes?", "AGE");
  }

  @Test
  void statsAddUpToWhatIsOnTheDisk() throws Exception {
    Path left = home.resolve("repository/chunks/chunk-000099.000000-" + "0".repeat(32));
    Files.write(left, new byte[1000]);

    JsonNode stats = done(shell, "stats", "--json").json().get("result");

    long bytes;
    long files;
    try (var all = Files.walk(home.resolve("repository"))) {
      List<Path> found = all.filter(Files::isRegularFile).toList();
      files = found.size();
      bytes = 0;
      for (Path file : found) {
        bytes += Files.size(file);
      }
    }
    assertThat(stats.at("/total/bytes").asLong()).isEqualTo(bytes);
    assertThat(stats.at("/total/objects").asLong()).isEqualTo(files);
    assertThat(stats.at("/unnamed/bytes").asLong()).isEqualTo(1000);
    assertThat(stats.at("/unnamed/objects").asLong()).isEqualTo(1);
    assertThat(stats.get("backups")).hasSize(3);
    assertThat(done(shell, "stats").out())
        .contains("IN NO BACKUP", "ITS OWN is what no other backup needs");
  }

  @Test
  void whatABackupOwnsIsWhatNoOtherNeeds() throws Exception {
    JsonNode two = done(shell, "stats", "--json").json().at("/result/backups/1");

    JsonNode diff = done(shell, "show", "2", "--json", "-v").json().at("/result/files");
    TreeSet<String> others = new TreeSet<>();
    for (int sequence : new int[] {1, 3}) {
      done(shell, "show", sequence, "--json", "-v")
          .json()
          .at("/result/files")
          .forEach(file ->
              file.get("objects").forEach(o -> others.add(o.get("object").asText())));
    }
    long own = 0;
    for (JsonNode file : diff) {
      for (JsonNode object : file.get("objects")) {
        own += others.contains(object.get("object").asText())
            ? 0
            : object.get("bytes").asLong();
      }
    }
    // Beside the files: ready-made checkpoints, a page and the manifest.
    assertThat(two.get("ownBytes").asLong()).isBetween(own + 1000, own + 20_000);
  }

  @Test
  void diffTellsWhatHappenedToEachChunk() {
    JsonNode later = done(shell, "diff", 1, 2, "--json").json().get("result");
    assertThat(changes(later)).containsOnly("completed", "added");
    assertThat(later.get("forkPosition").isNull()).isTrue();
    assertThat(later.at("/index/added")).hasSize(1);
    assertThat(later.at("/index/removed")).hasSize(2);
    assertThat(later.at("/to/restorePoint/position").asLong())
        .isGreaterThan(later.at("/from/restorePoint/position").asLong());

    JsonNode scavenged = done(shell, "diff", 2, 3, "--json").json().get("result");
    assertThat(changes(scavenged)).containsOnly("replaced", "added");
    assertThat(scavenged.at("/chunks/0/replaces")).hasSize(4);
    assertThat(scavenged.at("/epochsAdded")).isNotEmpty();

    JsonNode back = done(shell, "diff", 2, 1, "--json").json().get("result");
    assertThat(changes(back)).contains("removed");
    assertThat(done(shell, "diff", 2, 2).out()).contains("no chunk differs", "0 bytes stored");
    assertThat(shell.run("diff", 1, 9).exit()).isEqualTo(2);
    assertThat(shell.run("diff", 1).exit()).isEqualTo(2);
  }

  private static TreeSet<String> changes(JsonNode result) {
    TreeSet<String> changes = new TreeSet<>();
    result.get("chunks").forEach(change -> changes.add(change.get("change").asText()));
    return changes;
  }

  @Test
  void theChunkMapCoversTheLog() {
    JsonNode result = done(shell, "show", 3, "--chunks", "--times", "--epochs", "--json")
        .json()
        .get("result");

    long next = 0;
    for (JsonNode chunk : result.get("chunkMap")) {
      assertThat(chunk.at("/numbers/first").asLong()).isEqualTo(next);
      next = chunk.at("/numbers/last").asLong() + 1;
      assertThat(chunk.get("firstRecord").asText()).startsWith("20");
      assertThat(chunk.get("toPosition").asLong())
          .isGreaterThan(chunk.get("fromPosition").asLong());
    }
    assertThat(result.at("/chunkMap/0/state").asText()).isEqualTo("scavenged");
    assertThat(result.at("/chunkMap/3/state").asText()).isEqualTo("active");
    assertThat(result.at("/epochs/0/number").asInt()).isZero();
    assertThat(result.at("/epochs/0/position").asInt()).isZero();
    assertThat(done(shell, "show", "--chunks").out()).contains("CHUNKS", "0-3", "scavenged");
    assertThat(shell.run("show", "--times").exit()).isEqualTo(2);
  }

  @Test
  void listShowsTheWantedBackups() {
    assertThat(sequences("list", "--last", 2)).containsExactly(2, 3);
    assertThat(sequences("list", "--label", "day")).containsExactly(1, 2, 3);
    assertThat(sequences("list", "--label", "day1")).containsExactly(1);
    assertThat(sequences("list", "--label", "of", "--last", 1)).containsExactly(3);
    assertThat(sequences("list", "--last", 99)).hasSize(3);
    assertThat(done(shell, "list", "--label", "none").out()).contains("has a label with this text");
    assertThat(shell.run("list", "--last", 0).exit()).isEqualTo(2);
  }

  private List<Integer> sequences(Object... words) {
    Object[] all = java.util.Arrays.copyOf(words, words.length + 1);
    all[words.length] = "--json";
    return done(shell, all).json().at("/result/backups").findValues("sequence").stream()
        .map(JsonNode::asInt)
        .toList();
  }

  @Test
  void everythingFitsEightyColumns() {
    shell.onTerminal(80);
    for (String line : List.of(
        "stats", "diff 1 2", "diff 2 3", "show 3 --chunks --times --epochs", "list --last 1")) {
      assertThat(done(shell, (Object[]) line.split(" ")).out().lines())
          .as(line)
          .allMatch(l -> l.length() <= 80);
    }
  }
}
