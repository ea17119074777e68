package io.coldstream.core.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.core.drill.server.ServerLimits;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.restore.plan.CheckpointMode;
import io.coldstream.core.restore.select.RestorePoint;
import io.coldstream.core.support.events.Step;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.eventstore.testing.server.Misbehaviour;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Drills against the emulator in this process: what it answers decides. */
class DrillRunTest {

  /** The server is ready at once, or never. */
  private static final ServerLimits SHORT_START =
      new ServerLimits(Duration.ofSeconds(3), Duration.ofMinutes(1), Duration.ofSeconds(30));

  /** It answers at once, or never. */
  private static final ServerLimits SHORT_ANSWER =
      new ServerLimits(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofSeconds(3));

  @TempDir
  private Path temporary;

  private Path scratch() {
    return temporary.resolve("scratch");
  }

  private TestRepository repository(String fixture, String state) throws RunException {
    return TestRepository.of(Fixture.unpack(fixture, temporary).database(state));
  }

  private DrillReport drill(Misbehaviour misbehaviour, ServerLimits limits) throws RunException {
    try (InProcessServer server = new InProcessServer(misbehaviour)) {
      return new Drills(scratch())
          .within(limits)
          .run(repository("orders-" + Fixtures.NEWEST, "db").open(), server);
    }
  }

  private static List<Arguments> databases() {
    return Fixtures.VERSIONS.stream()
        .flatMap(version -> Stream.of(
            Arguments.of("orders-" + version, "db"),
            Arguments.of("crash-" + version, "db"),
            Arguments.of("fresh-" + version, "db"),
            Arguments.of("series-" + version, "day3")))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void everyRealDatabaseIsProved(String fixture, String state) throws Exception {
    try (InProcessServer server = new InProcessServer(Misbehaviour.NONE)) {
      DrillReport report = new Drills(scratch()).run(repository(fixture, state).open(), server);

      assertThat(report.failure()).isEmpty();
      assertThat(report.compared().tail()).isPositive();
      assertThat(report.compared().streams() + report.compared().hidden()).isPositive();
      assertThat(report.last()).isPresent();
      assertThat(report.server().starts()).isEqualTo(1);
      assertThat(report.server().killed()).isFalse();
      assertThat(report.steps())
          .extracting(StepTime::step)
          .containsExactly(
              Step.PREFLIGHT,
              Step.DOWNLOAD,
              Step.ARRANGE,
              Step.SAMPLE,
              Step.START_SERVER,
              Step.COMPARE,
              Step.STOP_SERVER);
      assertThat(scratch()).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LOSE_LAST | is missing from the end of the log",
        "LOSE_STREAMS | is missing from its stream",
        "ALTER_DATA | has other data than the stored one",
        "ALTER_IDS | has another id",
        "ALTER_TYPES | has another type than the stored one",
        "UNAUTHORIZED | the server wants credentials",
        "HTML | answered 200 text/html, 20 bytes, not a list of events",
        "ERROR | answered 500 text/plain, 11 bytes, not a list of events",
      })
  void aServerThatAnswersSomethingElseHasFailed(Misbehaviour misbehaviour, String fault)
      throws Exception {
    DrillReport report = drill(misbehaviour, Drills.PATIENT);

    assertThat(report.isProved()).isFalse();
    assertThat(report.failure().orElseThrow().step()).isEqualTo(Step.COMPARE);
    assertThat(report.failure().orElseThrow().faults().get(0)).contains(fault);
    assertThat(catchThrowableOfType(RunException.class, report::requireProved).kind())
        .isEqualTo(Kind.VERIFICATION_FAILED);
    assertThat(scratch()).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "STALL | the server stopped answering: GET /streams/%24all/",
        "BUSY | answered 503 text/plain",
      })
  void aServerThatNeverAnswersEventsHasFailed(Misbehaviour misbehaviour, String fault)
      throws Exception {
    DrillReport report = drill(misbehaviour, SHORT_ANSWER);

    assertThat(report.failure().orElseThrow().step()).isEqualTo(Step.COMPARE);
    assertThat(report.failure().orElseThrow().faults().get(0)).contains(fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NEVER_READY | not ready within 3 s (--start-timeout); the last sign: GET /health/live"
            + " answered 503",
        "NO_LEADER | the last sign: its state was unknown",
        "ALL_HTML | the last sign: GET /info answered 200 text/html, 20 bytes, not the state",
        "ALL_UNAUTHORIZED | the server wants credentials",
        "NO_ATOM | start it with --enable-atom-pub-over-http true",
      })
  void aServerThatIsNotReadyHasFailed(Misbehaviour misbehaviour, String fault) throws Exception {
    DrillReport report = drill(misbehaviour, SHORT_START);

    assertThat(report.failure().orElseThrow().step()).isEqualTo(Step.START_SERVER);
    assertThat(report.failure().orElseThrow().faults().get(0)).contains(fault);
    assertThat(report.ready()).isEmpty();
    assertThat(scratch()).isEmptyDirectory();
  }

  @Test
  void aServerThatIsBusyForAMomentIsAskedAgain() throws Exception {
    assertThat(drill(Misbehaviour.BUSY_AT_FIRST, Drills.PATIENT).failure()).isEmpty();
  }

  @Test
  void aServerWithoutRawDataIsComparedByItsFeeds() throws Exception {
    DrillReport report = drill(Misbehaviour.NO_RAW, Drills.PATIENT);

    assertThat(report.failure()).isEmpty();
    assertThat(report.compared().streams()).isPositive();
  }

  @Test
  void anEarlierPointIsProvedByTheEventsBelowIt() throws Exception {
    TestRepository repository = repository("series-" + Fixtures.NEWEST, "day1");
    try (InProcessServer server = new InProcessServer(Misbehaviour.NONE)) {
      DrillReport report = new Drills(scratch())
          .at(new RestorePoint.AtPosition(300_000))
          .run(repository.open(), server);

      assertThat(report.failure()).isEmpty();
      assertThat(report.last().orElseThrow().position())
          .isLessThan(report.plan().position());
      assertThat(report.plan().position()).isBetween(290_000L, 300_000L);
    }
  }

  @Test
  void bothCheckpointModesEndAtTheSameEvent() throws Exception {
    TestRepository repository = repository("orders-" + Fixtures.NEWEST, "db");
    try (InProcessServer server = new InProcessServer(Misbehaviour.NONE)) {
      DrillReport direct = new Drills(scratch()).run(repository.open(), server);
      DrillReport truncating =
          new Drills(scratch()).mode(CheckpointMode.TRUNCATE).run(repository.open(), server);

      assertThat(direct.last()).isPresent().isEqualTo(truncating.last());
    }
  }

  @Test
  void theFolderStaysWhenItIsToBeKept() throws Exception {
    try (InProcessServer server = new InProcessServer(Misbehaviour.NONE)) {
      DrillReport report = new Drills(scratch())
          .keeping()
          .run(repository("orders-" + Fixtures.NEWEST, "db").open(), server);

      Path kept = report.kept().orElseThrow();
      assertThat(kept).hasParent(scratch().toRealPath());
      assertThat(kept.resolve("db/writer.chk")).exists();
      assertThat(kept.resolve("server.yaml")).content().contains("ClusterSize: 1");
      assertThat(server.places()).hasSize(1);
      assertThat(server.places().get(0).index()).isEqualTo(kept.resolve("db/index"));
    }
  }

  @Test
  void whatLiesBesideTheDrillsFolderIsNotTouched() throws Exception {
    Path other = Files.createDirectories(scratch()).resolve("drill-of-another");
    Files.writeString(other, "stays");

    drill(Misbehaviour.EXIT_0, SHORT_START);

    assertThat(scratch())
        .isDirectoryContaining(path -> path.equals(other))
        .isDirectoryNotContaining(path -> !path.equals(other));
  }

  @Test
  void aScratchThatIsNoFolderIsRefused() throws Exception {
    Files.writeString(scratch(), "a file");
    TestRepository repository = repository("orders-" + Fixtures.NEWEST, "db");
    try (InProcessServer server = new InProcessServer(Misbehaviour.NONE)) {
      RunException refused = catchThrowableOfType(
          RunException.class, () -> new Drills(scratch()).run(repository.open(), server));

      assertThat(refused.kind()).isEqualTo(Kind.TARGET_REFUSED);
      assertThat(refused).hasMessageContaining("Choose another one with --scratch");
      assertThat(server.places()).isEmpty();
    }
  }
}
