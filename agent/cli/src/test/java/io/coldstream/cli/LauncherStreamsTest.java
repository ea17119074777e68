package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the launcher tells Java of its streams. A script stands in the place of Java. */
class LauncherStreamsTest {

  private static final Path LAUNCHER =
      Pages.root().resolve("src").resolve("dist").resolve("bin").resolve("coldstream");

  @TempDir
  private Path home;

  private Path launcher;
  private Path java;
  private Path told;

  @BeforeEach
  void install() throws IOException {
    launcher = home.resolve("bin").resolve("coldstream");
    java = home.resolve("jdk");
    told = home.resolve("told");
    Files.createDirectories(launcher.getParent());
    Files.copy(LAUNCHER, launcher);
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    Files.createDirectories(home.resolve("lib"));
    Files.createFile(home.resolve("lib").resolve("coldstream-cli-0.jar"));
  }

  /** Runs a line of shell in which LAUNCHER starts Java, which is this script; 3 is what it tells. */
  private List<String> run(String line, String script) throws IOException, InterruptedException {
    Path program = java.resolve("bin").resolve("java");
    Files.createDirectories(program.getParent());
    Files.writeString(program, "#!/bin/sh\nexec 3>'" + told + "'\n" + script + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-c", line.replace("LAUNCHER", launcher.toString()));
    shell.environment().put("JAVA_HOME", java.toString());
    shell.environment().put("TERM", "xterm");
    Path printed = home.resolve("printed");
    Process process =
        shell.redirectErrorStream(true).redirectOutput(printed.toFile()).start();
    process.getOutputStream().close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(told).as(Files.readString(printed)).exists();
    return Files.readAllLines(told);
  }

  @ParameterizedTest
  @CsvSource({"LAUNCHER <&-, 0", "LAUNCHER >&-, 1", "LAUNCHER 2>&-, 2", "LAUNCHER <&- >&- 2>&-, 1"})
  void aClosedStreamIsOpenedBeforeAFileTakesItsPlace(String line, int descriptor) throws Exception {
    assumeThat(Path.of("/proc/self/fd")).exists();
    List<String> seen = run(
        line,
        "for n in 0 1 2; do at=$(readlink /proc/$$/fd/$n) && echo \"$at\" >&3; done\n"
            + "echo x 2>/dev/null || echo refused >&3");

    assertThat(seen).element(descriptor).isEqualTo("/dev/null");
    assertThat(seen.contains("refused")).isEqualTo(descriptor == 1);
  }

  @Test
  void withoutATerminalThereIsNoWidth() throws Exception {
    assertThat(run("LAUNCHER list", "echo \"$@\" >&3").get(0))
        .contains("-Dcoldstream.terminal.out=false -Dcoldstream.terminal.err=false")
        .contains("-Dcoldstream.columns= ");
  }

  @ParameterizedTest
  @CsvSource({
    "LAUNCHER list, true, true",
    "LAUNCHER list 2>/dev/null, true, false",
    "LAUNCHER list >/dev/null, false, true",
    "TERM=dumb LAUNCHER list, true, false"
  })
  void aTerminalIsToldWithItsWidth(String line, boolean out, boolean err) throws Exception {
    assumeThat(Path.of("/usr/bin/script")).exists();
    String onTerminal = "script -qec 'stty cols 66; " + line + "' /dev/null";

    assertThat(run(onTerminal, "echo \"$@\" >&3").get(0))
        .contains("-Dcoldstream.terminal.out=" + out + " -Dcoldstream.terminal.err=" + err)
        .contains("-Dcoldstream.columns=66 ");
  }
}
