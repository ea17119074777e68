package io.coldstream.core.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.core.drill.server.ContainerServer;
import io.coldstream.core.drill.server.ServerEnvironment;
import io.coldstream.core.drill.server.ServerLimits;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.restore.plan.CheckpointMode;
import io.coldstream.core.support.disk.LocalDisk;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.eventstore.testing.server.ServerEmulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Drills with an image. The program {@code docker} is a script that answers the calls of a drill as
 * the real one does, and runs the emulator on this machine.
 */
class ContainerDrillTest {

  private static final String IMAGE = "registry.example.com/kurrentdb:26.1";

  /** Maps the volumes and the port back to this machine, since nothing is isolated here. */
  private static final String DOCKER = """
      #!/bin/sh
      here=$(dirname "$0")
      echo "$*" >> "$here/calls"
      case "$1" in
        version) [ ! -e "$here/no-daemon" ] || { echo 'Cannot connect to the Docker daemon'; exit 1; };;
        image) [ -e "$here/pulled" ] || exit 1;;
        pull) [ "$2" = IMAGE ] || { echo 'manifest unknown'; exit 1; }
          : > "$here/pulled";;
        run)
          shift
          while [ "$1" != IMAGE ]; do
            case "$1" in
              --name) name=$2; shift;;
              --publish) port=${2#127.0.0.1:}; port=${port%:2113}; shift;;
              --volume) case "$2" in *:/coldstream-drill/db) db=${2%:*};; esac; shift;;
              --user) shift;;
            esac
            shift
          done
          shift
          [ ! -e "$here/refuse" ] || { echo 'docker: invalid reference format.'; exit 125; }
          trap 'kill -TERM $server; wait $server; exit 143' TERM
          EMULATOR --db "$db" --node-port "$port" "$@" --db "$db" &
          server=$!
          echo $server > "$here/$name"
          wait $server;;
        stop) [ -e "$here/hang" ] || kill -TERM "$(cat "$here/$4")"; sleep 0.2;;
        rm) kill -KILL "$(cat "$here/$3")" 2> /dev/null; rm "$here/$3";;
        *) echo "unknown command: $1"; exit 1;;
      esac
      """;

  @TempDir
  private Path temporary;

  private Path bin;
  private TestRepository repository;
  private Drills drills;

  @BeforeEach
  void install() throws Exception {
    bin = Files.createDirectory(temporary.resolve("bin"));
    String emulator = ServerEmulator.command().stream()
        .map(word -> "'" + word + "'")
        .collect(Collectors.joining(" "));
    Path docker = Files.writeString(
        bin.resolve("docker"), DOCKER.replace("IMAGE", IMAGE).replace("EMULATOR", emulator));
    assertThat(docker.toFile().setExecutable(true)).isTrue();
    repository =
        TestRepository.of(Fixture.unpack("orders-" + Fixtures.NEWEST, temporary).database());
    drills =
        new Drills(temporary.resolve("scratch")).set("PATH", bin + ":" + System.getenv("PATH"));
  }

  private DrillReport drill(String image) throws RunException {
    ContainerServer server = new ContainerServer("docker", image, new LocalDisk().user());
    return drills.run(repository.open(), server);
  }

  private List<String> calls() throws Exception {
    return Files.readAllLines(bin.resolve("calls"));
  }

  private List<String> containers() {
    String[] left = bin.toFile().list((folder, name) -> name.startsWith("coldstream-drill-"));
    return List.of(left);
  }

  @Test
  void theImageIsPulledRunStoppedAndTheContainerRemoved() throws Exception {
    DrillReport report = drill(IMAGE);

    assertThat(report.failure()).isEmpty();
    assertThat(report.server().name()).isEqualTo(IMAGE);
    assertThat(report.server().killed()).isFalse();
    List<String> calls = calls();
    assertThat(calls.subList(0, 3))
        .containsExactly("version", "image inspect " + IMAGE, "pull " + IMAGE);
    assertThat(calls.get(3))
        .startsWith("run --name coldstream-drill-")
        .contains(" --user " + new LocalDisk().user() + " ")
        .containsPattern(" --publish 127\\.0\\.0\\.1:\\d+:2113 ")
        .contains("/db:/coldstream-drill/db ", " --insecure ", " --chunk-size 262144");
    assertThat(calls.get(4)).startsWith("stop --time 60 coldstream-drill-");
    assertThat(calls.get(5)).startsWith("rm --force coldstream-drill-");
    assertThat(calls).hasSize(6);
    assertThat(containers()).isEmpty();
    assertThat(temporary.resolve("scratch")).isEmptyDirectory();
  }

  @Test
  void aSecondStartIsAnotherContainerAndBothAreRemoved() throws Exception {
    drills.mode(CheckpointMode.TRUNCATE);

    DrillReport report = drill(IMAGE);

    assertThat(report.failure()).isEmpty();
    assertThat(report.server().starts()).isEqualTo(2);
    assertThat(calls()).filteredOn(call -> call.startsWith("rm ")).hasSize(2);
    assertThat(containers()).isEmpty();
  }

  @Test
  void aContainerThatDoesNotStopIsRemovedByForce() throws Exception {
    Files.createFile(bin.resolve("hang"));
    drills.within(
        new ServerLimits(Drills.PATIENT.start(), Duration.ofMillis(300), Drills.PATIENT.answer()));

    DrillReport report = drill(IMAGE);

    assertThat(report.failure()).isEmpty();
    assertThat(report.server().killed()).isTrue();
    assertThat(containers()).isEmpty();
  }

  @Test
  void anEngineThatDoesNotAnswerAnImageThatIsNotThereAndARefusalAreUsageErrors() throws Exception {
    assertRefused(IMAGE + "-none", "ended with 1: manifest unknown; nothing was restored");
    Files.createFile(bin.resolve("refuse"));
    assertRefused(IMAGE, "was not started (exit code 125): docker: invalid reference format.");
    Files.createFile(bin.resolve("no-daemon"));
    assertRefused(IMAGE, "\"docker version\" ended with 1: Cannot connect to the Docker daemon");
  }

  private void assertRefused(String image, String message) {
    RunException refused = catchThrowableOfType(RunException.class, () -> drill(image));
    assertThat(refused.kind()).isEqualTo(Kind.USAGE);
    assertThat(refused).hasMessageContaining(message);
  }

  @Test
  void dockerIsPreferredPodmanIsTakenAndNeitherIsAUsageError() throws Exception {
    ServerEnvironment environment = new ServerEnvironment(Map.of("PATH", bin.toString()));
    Files.copy(bin.resolve("docker"), bin.resolve("podman"));
    assertThat(bin.resolve("podman").toFile().setExecutable(true)).isTrue();
    assertThat(ContainerServer.engine(environment)).isEqualTo("docker");
    Files.delete(bin.resolve("docker"));
    assertThat(ContainerServer.engine(environment)).isEqualTo("podman");
    Files.delete(bin.resolve("podman"));

    RunException none =
        catchThrowableOfType(RunException.class, () -> ContainerServer.engine(environment));

    assertThat(none.kind()).isEqualTo(Kind.USAGE);
    assertThat(none).hasMessageContaining("docker or podman, and neither is in PATH");
  }
}
