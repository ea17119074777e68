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
    assertThat(shell.run("verify", "--sample", "10%").out()).contains("12 objects, ");
    assertThat(shell.run("verify", "--data", "--structure").exit()).isEqualTo(2);
    assertThat(shell.run("verify", "--sample", "0%").exit()).isEqualTo(2);
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
}
