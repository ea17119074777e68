package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher of the unpacked distribution, as users start it. */
class DistributionLauncherIT {

  @TempDir
  private Path home;

  private Ran run(Path launcher, Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    return Child.launch(launcher, home, environment, List.of(words)).ran();
  }

  private static void assertTellsItsVersion(Ran ran) {
    assertThat(ran.exit()).as(ran.everything()).isZero();
    assertThat(ran.out())
        .matches("coldstream \\d+\\.\\d+\\.\\d+\\S*, (commit [0-9a-f]{12}|unknown commit)\\n"
            + "Java \\d+ \\(.+\\), repository format \\d+\\n");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void symbolicLinksToTheLauncherAreFollowed() throws Exception {
    Path beside = Distribution.folder().getParent();
    Files.createSymbolicLink(beside.resolve("current"), Distribution.folder().getFileName());
    Path link =
        Files.createSymbolicLink(beside.resolve("coldstream"), Path.of("current/bin/coldstream"));

    assertTellsItsVersion(run(link, Map.of(), "--version"));
  }

  @Test
  void withoutJavaHomeTheJavaInThePathIsUsed() throws Exception {
    String path = Path.of(System.getProperty("java.home"), "bin") + ":/usr/bin:/bin";

    assertTellsItsVersion(
        run(Distribution.launcher(), Map.of("JAVA_HOME", "", "PATH", path), "--version"));
  }

  @Test
  void aWrongJavaHomeIsNamed() throws Exception {
    Ran ran = run(Distribution.launcher(), Map.of("JAVA_HOME", "/nonexistent"), "--version");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err()).isEqualTo("coldstream: JAVA_HOME has no bin/java: /nonexistent\n");
  }

  @Test
  void aPathThatJavaCannotReadIsRefused() throws Exception {
    Path folder = home.resolve("2025-11-30T12:00");
    Path launcher = folder.resolve("bin/coldstream");
    Files.createDirectories(launcher.getParent());
    Files.copy(Distribution.launcher(), launcher, StandardCopyOption.COPY_ATTRIBUTES);
    Path lib = Files.createDirectory(folder.resolve("lib"));
    Files.createFile(lib.resolve("coldstream-cli-1.jar"));

    Ran ran = run(launcher, Map.of(), "--version");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualTo("coldstream: Java cannot run from a folder with a colon in its path; move it: "
            + lib.toRealPath() + "\n");
  }

  @ParameterizedTest
  @CsvSource({"1.8.0_392, 8", "11.0.24, 11", "16, 16"})
  void anOlderJavaIsRefused(String release, String version) throws Exception {
    Path java = Files.createDirectory(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nexit 42\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + release + "\"\n");

    Ran ran = run(Distribution.launcher(), Map.of("JAVA_HOME", home.toString()), "--version");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err())
        .startsWith("coldstream: needs Java 17 or newer, but ")
        .contains("/bin/java is Java " + version + ";");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s\n", "%s \r\n", " \t%s"})
  void whiteSpaceAroundAVariableIsStripped(String with) throws Exception {
    Map<String, String> environment = Map.of(
        "COLDSTREAM_REPO",
        with.replace("%s", home.toUri() + "a"),
        "AWS_REGION",
        with.replace("%s", "eu-north-1"),
        "AWS_NOTE",
        "two\nlines");

    Ran ran = run(Distribution.launcher(), environment, "config", "show", "--json");

    assertThat(ran.exit()).as(ran.everything()).isZero();
    assertThat(ran.json().at("/result/settings/0/value").asText()).isEqualTo(home.toUri() + "a");
  }

  @Test
  void theHomeOfAUserWithoutAnEntryInThePasswordFileIsReadFromTheEnvironment() throws Exception {
    Map<String, String> container = Map.of(
        "HOME",
        home.toString(),
        "COLDSTREAM_JAVA_OPTS",
        "-Duser.home=?",
        "COLDSTREAM_STATE",
        "",
        "XDG_STATE_HOME",
        "",
        "STATE_DIRECTORY",
        "");

    Ran ran =
        run(Distribution.launcher(), container, "config", "show", "--repo=" + home.toUri() + "r");

    assertThat(ran.exit()).as(ran.everything()).isZero();
    assertThat(ran.out()).contains(home + "/.local/state/coldstream");
  }
}
