package io.coldstream.core.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.drill.server.CommandLineServer;
import io.coldstream.core.drill.server.Ports;
import io.coldstream.core.drill.server.ServerLimits;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.restore.plan.CheckpointMode;
import io.coldstream.core.support.events.Step;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.eventstore.testing.server.ServerEmulator;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drills with the emulator as a program: how it starts and ends decides. */
class DrillProcessTest {

  @TempDir
  private Path temporary;

  private TestRepository repository;
  private Drills drills;

  @BeforeEach
  void backUp() throws Exception {
    repository =
        TestRepository.of(Fixture.unpack("orders-" + Fixtures.NEWEST, temporary).database());
    drills = new Drills(temporary.resolve("scratch"));
  }

  private DrillReport drill(String... options) throws Exception {
    DrillReport report =
        drills.run(repository.open(), CommandLineServer.parse(ServerEmulator.line(options)));
    assertThat(temporary.resolve("scratch")).isEmptyDirectory();
    return report;
  }

  private static String fault(DrillReport report) {
    assertThat(report.failure()).isPresent();
    return report.failure().get().faults().get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "direct, 26.1, 1",
    "direct, 23.10, 1",
    "truncate, 26.1, 2",
    "truncate, 24.10, 2",
    "truncate, 23.10, 1"
  })
  void aServerIsStartedAsOftenAsItsVersionNeeds(String mode, String version, int starts)
      throws Exception {
    drills.mode(mode.equals("direct") ? CheckpointMode.DIRECT : CheckpointMode.TRUNCATE);

    DrillReport report = drill("--version", version);

    assertThat(report.failure()).isEmpty();
    assertThat(report.server().starts()).isEqualTo(starts);
    assertThat(report.server().version()).contains(version + ".0");
    assertThat(report.server().killed()).isFalse();
    assertThat(report.ready().orElseThrow()).isPositive().isLessThan(report.took());
  }

  @Test
  void aServerThatRefusesTheDatabaseHasFailedAndItsLastLinesAreKept() throws Exception {
    DrillReport report = drill("--misbehave", "exit-1");

    assertThat(fault(report))
        .startsWith("the server ended with exit code 1 before it was ready: its last lines say ");
    assertThat(report.failure().get().step()).isEqualTo(Step.START_SERVER);
    assertThat(report.failure().get().output())
        .endsWith(
            "Unhandled exception: the emulator was told to fail", "Exiting with exit code: 1");
  }

  @Test
  void aServerWithAnotherChunkSizeHasFailed() throws Exception {
    DrillReport report = drill("--chunk-size", "268435456");

    assertThat(fault(report)).contains("exit code 1");
    assertThat(report.failure().get().output())
        .anyMatch(line -> line.contains("is out of chunk logical positions"));
  }

  @Test
  void anEndWithCode0IsNotDueWhenNothingIsTruncated() throws Exception {
    assertThat(fault(drill("--misbehave", "exit-0")))
        .isEqualTo("the server ended with exit code 0 before it was ready");
  }

  @Test
  void aSecondEndWithCode0IsNotDue() throws Exception {
    drills.mode(CheckpointMode.TRUNCATE);

    assertThat(fault(drill("--misbehave", "no-truncation"))).contains("for the second time");
  }

  @Test
  void aServerThatEndsWhileItIsReadHasFailed() throws Exception {
    DrillReport report = drill("--misbehave", "exit-1-when-read");

    assertThat(fault(report))
        .isEqualTo("the server ended by itself with exit code 1 after it was ready");
    assertThat(report.failure().get().step()).isEqualTo(Step.COMPARE);
    assertThat(report.failure().get().output()).endsWith("Exiting with exit code: 1");
  }

  @Test
  void aServerThatDoesNotStopIsKilledAndTheBackupIsProved() throws Exception {
    drills.within(
        new ServerLimits(Drills.PATIENT.start(), Duration.ofMillis(500), Drills.PATIENT.answer()));

    DrillReport report = drill("--misbehave", "hang-at-stop");

    assertThat(report.failure()).isEmpty();
    assertThat(report.server().killed()).isTrue();
  }

  @Test
  void aServerCanPrintMegabytes() throws Exception {
    assertThat(drill("--misbehave", "print-megabytes").failure()).isEmpty();
  }

  @Test
  void aServerWhosePortWasTakenIsStartedOnAnother() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      AtomicInteger asked = new AtomicInteger();
      drills.ports(() -> asked.getAndIncrement() == 0 ? other.getLocalPort() : Ports.SYSTEM.next());
      drills.within(
          new ServerLimits(Drills.PATIENT.start(), Drills.PATIENT.stop(), Duration.ofSeconds(10)));

      DrillReport report = drill();

      assertThat(report.failure()).isEmpty();
      assertThat(report.server().starts()).isEqualTo(1);
      assertThat(asked).hasValue(4);
    }
  }

  @Test
  void theEnvironmentHasNoSettingsOfAServer() throws Exception {
    drills.set("KURRENTDB_CLUSTER_SIZE", "3").set("EVENTSTORE_DB", "/var/lib/eventstore");
    String line =
        "KURRENTDB_LOG={log} sh -c 'env | grep -e KURRENTDB -e EVENTSTORE; exit 7' {db} {port}";

    DrillReport report = drills.run(repository.open(), CommandLineServer.parse(line));

    assertThat(report.failure().orElseThrow().output())
        .singleElement()
        .asString()
        .startsWith("KURRENTDB_LOG=" + temporary.toRealPath().resolve("scratch"));
  }
}
