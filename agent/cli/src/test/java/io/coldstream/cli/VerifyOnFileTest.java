package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.demo.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What verify says of a good and of a damaged repository, and that its advice helps. */
class VerifyOnFileTest {

  @TempDir
  private Path home;

  private Shell shell;
  private Path node;
  private Path repository;

  @BeforeEach
  void backUp() throws IOException {
    node = home.resolve("node");
    repository = home.resolve("repository");
    Sample.unpack(Sample.Day.MONDAY, node);
    shell = new Shell(home).set("COLDSTREAM_REPO", repository.toUri().toString());
    assertThat(shell.run("backup", "--db", node).exit()).isZero();
  }

  private Path aChunk() throws IOException {
    try (Stream<Path> chunks = Files.list(repository.resolve("chunks"))) {
      return chunks.sorted().findFirst().orElseThrow();
    }
  }

  private void alterAChunk() throws IOException {
    Path chunk = aChunk();
    byte[] bytes = Files.readAllBytes(chunk);
    bytes[1000] ^= 1;
    Files.delete(chunk);
    Files.write(chunk, bytes);
  }

  @Test
  void aGoodRepositoryIsCalledGoodAndWhatWasCheckedIsCounted() {
    Ran structure = shell.run("verify");
    assertThat(structure.exit()).as(structure.everything()).isZero();
    assertThat(structure.out())
        .contains("has no faults", "1 backup, 23 objects", "--data reads and compares every byte");

    Ran data = shell.run("verify", "--data", "--backup", 1);
    assertThat(data.out()).contains("23 objects, 2.1 MiB, every byte compared");
    Ran sample = shell.run("verify", "--sample", "10%");
    assertThat(sample.out())
        .contains("11 objects, ", "every byte compared", "stored         as result 3")
        // The run of one backup has read all of it.
        .contains("known          every byte was read since ");
    assertThat(shell.run("verify", "--data", "--structure").exit()).isEqualTo(2);
    for (String share : List.of("0%", "101%", "5", "0MiB", "-1%", "10GB")) {
      assertThat(shell.run("verify", "--sample=" + share).exit()).as(share).isEqualTo(2);
    }
    assertThat(shell.run("verify", "--backup", 7).exit()).isEqualTo(2);
  }

  @Test
  void aMissingObjectIsFoundByTheStructureAlone() throws IOException {
    Path chunk = aChunk();
    Files.delete(chunk);

    Ran ran = shell.run("verify");

    assertThat(ran.exit()).isEqualTo(9);
    assertThat(ran.out())
        .contains("FAULT  ", "chunks/" + chunk.getFileName(), "needed by backup 1", "--recheck")
        .contains("HAS FAULTS");
    assertThat(ran.err()).startsWith("coldstream verify: 1 fault in ");
  }

  @Test
  void anAlteredObjectIsFoundByItsDataAndMendedByTheCommandThatIsPrinted() throws IOException {
    alterAChunk();
    assertThat(shell.run("verify").exit()).isZero();

    Ran wrong = shell.run("verify", "--data", "--json");
    assertThat(wrong.exit()).isEqualTo(9);
    JsonNode finding = wrong.json().at("/result/findings/0");
    assertThat(wrong.json().at("/error/kind").asText()).isEqualTo("verification-failed");
    String object = finding.get("object").asText();
    List<String> repair = List.of(finding.get("repair").asText().split(" "));
    assertThat(repair).containsSubsequence("coldstream", "backup", "--resend", object);

    List<String> words = new ArrayList<>(repair.subList(1, repair.size()));
    words.set(words.indexOf("DIR"), node.toString());
    assertThat(shell.run(words.toArray()).exit()).isZero();
    Ran mended = shell.run("verify", "--data");
    assertThat(mended.exit()).as(mended.everything()).isZero();
    assertThat(mended.out()).contains("note   ", "a later backup has another copy");
  }

  @Test
  void tenSamplesOfATenthHaveReadEverythingAndListSaysSince() {
    String first = "";
    for (int run = 1; run <= 10; run++) {
      Ran list = shell.run("list");
      if (run == 1) {
        assertThat(list.out()).doesNotContain("VERIFIED", "verification");
        assertThat(shell.run("show").out()).contains("verified       never");
      } else {
        assertThat(list.out()).contains("VERIFIED", "that no verification has read");
      }
      Ran sample = shell.run("verify", "--sample", "10%", "--json");
      assertThat(sample.exit()).as(sample.everything()).isZero();
      assertThat(sample.json().at("/result/stored").asInt()).isEqualTo(run);
      first = run == 1 ? time() : first;
      if (!sample.json().at("/result/readSince").isNull()) {
        assertThat(sample.json().at("/result/readSince").asText()).isEqualTo(first);
        break; // the largest object is larger than a tenth
      }
      assertThat(run).isLessThan(10);
    }
    assertThat(shell.run("list").out())
        .contains("VERIFIED", " sample\n")
        .contains("every byte was read since ", "the oldest less than a minute ago");
    assertThat(shell.run("show").out())
        .contains("verified       ", ", sample, less than a minute ago")
        .contains("read           every byte since ");
  }

  /** When the first of the backups was verified. */
  private String time() {
    return shell
        .run("list", "--json")
        .json()
        .at("/result/backups/0/verified/time")
        .asText();
  }

  @Test
  void listAndShowNameKnownFaults() throws IOException {
    alterAChunk();
    shell.run("verify", "--data");

    assertThat(shell.run("list").out())
        .contains("FAULTS", "1 known fault; coldstream verify names it");
    assertThat(shell.run("show").out())
        .contains("FAULT          chunks/" + aChunk().getFileName() + " is damaged");
    assertThat(shell
            .run("list", "--json")
            .json()
            .at("/result/backups/0/verified/faults")
            .asInt())
        .isEqualTo(1);
    // Also a run that reads no data reads what was wrong.
    assertThat(shell.run("verify").exit()).isEqualTo(9);
  }

  @Test
  void theShardsOfAJobFindTheirPartsInTheEnvironment() {
    shell.set("JOB_COMPLETION_INDEX", "0").set("HOSTNAME", "nightly-29-0");
    Ran first = shell.run("verify", "--data", "--shard", "/2");
    assertThat(first.exit()).as(first.everything()).isZero();
    assertThat(first.out())
        .contains(" has no faults in shard 1 of 2", "run            nightly-29, shard 1 of 2")
        .contains("missing        1 shard; the last one joins all results")
        .doesNotContain("stored ");

    shell.set("JOB_COMPLETION_INDEX", "1").set("HOSTNAME", "nightly-29-1");
    Ran last = shell.run("verify", "--data", "--shard", "/2");
    assertThat(last.out())
        .contains(" has no faults\n", "read           23 objects, 2.1 MiB")
        .contains("none: this is the result of all shards", "stored         as result 1");

    Ran again = shell.run("verify", "--data", "--shard", "/2", "--json");
    assertThat(again.json().at("/result/shard/repeated").asBoolean()).isTrue();
    assertThat(again.json().at("/result/stored").isNull()).isTrue();
  }

  @Test
  void optionsThatDoNotFitTogetherAreRefused() {
    assertRefused("--data", "verify", "--shard", "1/2", "--run", "a");
    assertRefused("--run is missing", "verify", "--data", "--shard", "1/2");
    assertRefused("give --shard too", "verify", "--data", "--run", "a");
    assertRefused("JOB_COMPLETION_INDEX", "verify", "--data", "--shard", "/2", "--run", "a");
    assertRefused("how many shards", "verify", "--data", "--shard", "auto", "--run", "a");
    assertRefused("run id \"a/b\"", "verify", "--data", "--shard", "1/2", "--run", "a/b");
    assertRefused("rotates through all backups", "verify", "--sample", "5%", "--backup", "1");
    for (String shard : List.of("0/2", "3/2", "1/0", "2", "a/b", "1/10001", "")) {
      assertRefused("not a shard", "verify", "--data", "--shard", shard, "--run", "a");
    }
  }

  private void assertRefused(String why, Object... words) {
    Ran ran = shell.run(words);
    assertThat(ran.exit()).as(ran.everything()).isEqualTo(2);
    assertThat(ran.err().replaceAll("\\s+", " ")).contains(why);
  }
}
