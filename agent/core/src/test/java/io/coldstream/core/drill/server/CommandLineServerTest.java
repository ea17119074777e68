package io.coldstream.core.drill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineServerTest {

  private static final long MIB = 1 << 20;

  private static final ServerPlaces PLACES = new ServerPlaces(
      Path.of("/s c/db"),
      Path.of("/s c/db/index"),
      Path.of("/s c/log"),
      Path.of("/s c/server.yaml"),
      4001,
      4002,
      MIB,
      "id");

  private static ServerCommand command(String line) {
    return CommandLineServer.parse(line).command(PLACES, 1, Duration.ofSeconds(1));
  }

  @Test
  void everyPlaceholderIsReplacedAndAValueIsNeverSplit() {
    assertThat(command("kurrentd --db {db} --index={index} -p {port} -r {replication-port}"
                + " --chunk-size {chunk-size} --log {log} --config '{config}' ''")
            .words())
        .containsExactly(
            "kurrentd",
            "--db",
            "/s c/db",
            "--index=/s c/db/index",
            "-p",
            "4001",
            "-r",
            "4002",
            "--chunk-size",
            "1048576",
            "--log",
            "/s c/log",
            "--config",
            "/s c/server.yaml",
            "");
  }

  @Test
  void aProgramWithAPathIsTheOneInTheFolderOfTheCommand() {
    assertThat(command("./start.sh {db} {port}").words().get(0))
        .isEqualTo(Path.of("start.sh").toAbsolutePath().toString());
    assertThat(command("/opt/a/kurrentd {db} {port}").words().get(0)).isEqualTo("/opt/a/kurrentd");
    assertThat(command("kurrentd {db} {port}").words().get(0)).isEqualTo("kurrentd");
  }

  @Test
  void assignmentsBeforeTheProgramAreVariables() {
    ServerCommand command = command("A=1 KURRENTDB_DB={db} server {db} {port} B=2");

    assertThat(command.variables()).isEqualTo(Map.of("A", "1", "KURRENTDB_DB", "/s c/db"));
    assertThat(command.words()).containsExactly("server", "/s c/db", "4001", "B=2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | names no program",
        "A=1 | names no program",
        "server {port} | lacks the placeholder {db}",
        "server {db} | lacks the placeholder {port}",
        "server {db} {port} {chunksize} | has the unknown placeholder {chunksize}; known are {db},",
        "server {db} {port} > log | has > outside of quotes",
      })
  void aLineThatCannotWorkIsRefused(String line, String fault) {
    assertThatThrownBy(() -> CommandLineServer.parse(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(fault);
  }

  @ParameterizedTest
  @CsvSource({"no-such-program, in PATH", "/no/such/program, that can be run"})
  void aProgramThatIsNotThereIsAUsageError(String program, String text) {
    ServerEnvironment environment = new ServerEnvironment(System.getenv());
    assertThatThrownBy(
            () -> CommandLineServer.parse(program + " {db} {port}").requireRunnable(environment))
        .hasMessageContaining(text)
        .hasMessageContaining(program)
        .extracting(e -> ((RunException) e).kind())
        .isEqualTo(Kind.USAGE);
  }

  @Test
  void aChunkSizeThatIsNotHandedOnIsAWarning() {
    CommandLineServer silent = CommandLineServer.parse("server {db} {port}");
    assertThat(silent.warnings(ServerPlaces.DEFAULT_CHUNK_SIZE_BYTES)).isEmpty();
    assertThat(silent.warnings(MIB)).singleElement().asString().contains("add --chunk-size");
    assertThat(CommandLineServer.parse("server {db} {port} -c {chunk-size}").warnings(MIB))
        .isEmpty();
    assertThat(CommandLineServer.parse("server {db} {port} -c 1048576").warnings(MIB))
        .isEmpty();
  }
}
