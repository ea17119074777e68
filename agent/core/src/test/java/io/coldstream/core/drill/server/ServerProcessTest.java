package io.coldstream.core.drill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir
  private Path folder;

  private ServerProcess start(String script) throws IOException {
    return start(new ServerCommand(List.of("sh", "-c", script), Map.of(), List.of(), List.of()));
  }

  private ServerProcess start(ServerCommand command) throws IOException {
    return ServerProcess.start(
        command, new ServerEnvironment(Map.of("PATH", "/usr/bin:/bin")), folder);
  }

  /** Waits for a file that the script writes when it is as far as the test wants it. */
  private ProcessHandle written(String name) throws Exception {
    Path file = folder.resolve(name);
    while (!Files.exists(file) || !Files.readString(file).endsWith("\n")) {
      Thread.onSpinWait();
    }
    return ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).orElseThrow();
  }

  private static void assertEnded(ProcessHandle process) throws Exception {
    assertThat(process.onExit().get(LONG.toSeconds(), TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void itsEndItsCodeAndItsLastLinesAreKnown() throws Exception {
    try (ServerProcess process = start("echo out; echo err >&2; exit 3")) {
      assertThat(process.awaitEnd(LONG)).isTrue();
      assertThat(process.exitCode()).hasValue(3);
      assertThat(process.lastLines()).containsExactlyInAnyOrder("out", "err");
    }
  }

  @Test
  void itReadsNothingAndHasOnlyItsOwnEnvironment() throws Exception {
    ServerCommand command = new ServerCommand(
        List.of("sh", "-c", "cat; env | grep -v -e PWD -e SHLVL -e _="),
        Map.of("A", "1"),
        List.of(),
        List.of());
    try (ServerProcess process = start(command)) {
      assertThat(process.awaitEnd(LONG)).isTrue();
      assertThat(process.lastLines()).containsExactlyInAnyOrder("A=1", "PATH=/usr/bin:/bin");
    }
  }

  @Test
  void itIsAskedToStopWithWhatItStarted() throws Exception {
    try (ServerProcess process = start("sleep 600 & echo $! > child; wait")) {
      ProcessHandle child = written("child");

      assertThat(process.stop(LONG)).isTrue();

      assertThat(process.exitCode()).isPresent();
      assertEnded(child);
    }
  }

  @Test
  void whatDoesNotEndIsKilled() throws Exception {
    String stubborn = "trap '' TERM; echo $$ > child; while :; do sleep 600; done";
    try (ServerProcess process = start("sh -c '" + stubborn.replace("'", "'\\''") + "'; true")) {
      ProcessHandle child = written("child");

      assertThat(process.stop(SHORT)).isFalse();

      assertEnded(child);
      assertThat(process.exitCode()).isPresent();
    }
  }

  @Test
  void closingEndsItAtOnceAlsoWhenInterrupted() throws Exception {
    ServerProcess process = start("sleep 600 & echo $! > child; wait");
    ProcessHandle child = written("child");
    Thread.currentThread().interrupt();

    process.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(process.exitCode()).isPresent();
    assertEnded(child);
  }

  @Test
  void aProgramThatStopsItIsPreferredToSignalsAndAnotherRemovesWhatIsLeft() throws Exception {
    ServerCommand command = new ServerCommand(
        List.of(
            "sh", "-c", "trap '' TERM; echo $$ > child; while [ ! -e stop ]; do sleep 0.1; done"),
        Map.of(),
        List.of("touch", folder.resolve("stop").toString()),
        List.of("touch", folder.resolve("removed").toString()));
    try (ServerProcess process = start(command)) {
      written("child");

      assertThat(process.stop(LONG)).isTrue();

      assertThat(process.exitCode()).hasValue(0);
      assertThat(folder.resolve("removed")).doesNotExist();
    }
    assertThat(folder.resolve("removed")).exists();
  }

  @Test
  void aProgramThatIsNotThereIsNotStarted() {
    assertThatThrownBy(
            () -> start(new ServerCommand(List.of("/no/such"), Map.of(), List.of(), List.of())))
        .isInstanceOf(IOException.class);
  }
}
