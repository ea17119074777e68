package io.coldstream.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.cli.Shell;
import io.coldstream.cli.Shell.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTest {

  @TempDir
  private Path home;

  @Test
  void tellsItsStoryAndLeavesNothing() {
    Ran ran = new Shell(home).run("demo");

    assertThat(ran.exit()).as(ran.everything()).isZero();
    assertThat(ran.out())
        .contains(
            "1. Monday",
            "2. Tuesday",
            "were in the repository already",
            "3. The node's directory" + " is destroyed")
        .contains("every byte is identical", "The demo succeeded");
    assertThat(ran.err()).isEmpty();
    String folder = ran.out().lines().findFirst().orElseThrow().replaceAll(".* in ", "");
    assertThat(Path.of(folder)).doesNotExist();
  }

  @Test
  void keepsItsFolderWhenAsked() throws IOException {
    Ran ran = new Shell(home).run("demo", "--keep", "--json");

    assertThat(ran.exit()).as(ran.everything()).isZero();
    JsonNode result = ran.json().get("result");
    assertThat(result.get("comparedFiles").asInt()).isEqualTo(36);
    Path folder = Path.of(result.get("folder").asText());
    try {
      assertThat(folder.resolve("repository/manifests/000000000002.json")).exists();
    } finally {
      Demo.remove(folder);
    }
  }

  @Test
  void worksBesideABrokenConfiguration() throws IOException {
    Ran ran = new Shell(home)
        .configure("nonsense: true\n")
        .set("COLDSTREAM_REPO", "nothing")
        .set("COLDSTREAM_MAX_DROP", "nothing")
        .run("demo", "--quiet");

    assertThat(ran.exit()).as(ran.everything()).isZero();
    assertThat(ran.out() + ran.err()).isEmpty();
  }

  private Path unpacked(String name) throws IOException {
    Path folder = home.resolve(name);
    Sample.unpack(Sample.Day.TUESDAY, folder);
    return folder;
  }

  /** As a restore leaves it. */
  private Path restored() throws IOException {
    Path folder = unpacked("restored");
    Folders.delete(folder.resolve("index/stream-existence"));
    Path active = folder.resolve("chunk-000009.000000");
    byte[] all = Files.readAllBytes(active);
    int held = (int) (128 + 2_577_452 % Sample.CHUNK_SIZE_BYTES);
    Files.write(active, java.util.Arrays.copyOf(all, held));
    return folder;
  }

  @Test
  void theComparisonAcceptsWhatIsTheSame() throws IOException {
    Comparison found = Comparison.of(unpacked("original"), restored(), Sample.CHUNK_SIZE_BYTES);

    assertThat(found.differences()).isEmpty();
    assertThat(found.files()).isEqualTo(18);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chunk-000000.000000",
        "chunk-000008.000000",
        "chunk-000009.000000",
        "writer.chk",
        "chaser.chk",
        "truncate.chk",
        "epoch.chk",
        "index/indexmap",
        "index/323e7097-8308-4c2a-a852-41139c282a6c",
      })
  void theComparisonFindsOneBitInAnyFile(String name) throws IOException {
    Path original = unpacked("original");
    Path restored = restored();
    Path file = restored.resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    assertThat(Comparison.of(original, restored, Sample.CHUNK_SIZE_BYTES).differences())
        .singleElement()
        .asString()
        .startsWith(name + " differs at byte ");
  }

  @Test
  void theComparisonFindsWhatIsMissingTooShortOrTooMuch() throws IOException {
    Path original = unpacked("original");
    Path restored = restored();
    Files.delete(restored.resolve("chunk-000003.000000"));
    Files.write(restored.resolve("chunk-000004.000000"), new byte[5]);
    Files.write(restored.resolve("chunk-000010.000000"), new byte[5]);

    assertThat(Comparison.of(original, restored, Sample.CHUNK_SIZE_BYTES).differences())
        .hasSize(3);
  }

  @Test
  void aComparisonOfNothingIsNoComparison() throws IOException {
    Path empty = Files.createDirectory(home.resolve("empty"));

    assertThat(Comparison.of(empty, empty, Sample.CHUNK_SIZE_BYTES).differences())
        .containsExactly("nothing was compared");
  }
}
