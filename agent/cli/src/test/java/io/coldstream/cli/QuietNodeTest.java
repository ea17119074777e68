package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.eventstore.testing.server.NodeEmulator;
import io.coldstream.eventstore.testing.server.RecordedAnswer;
import io.coldstream.eventstore.testing.server.ScavengeModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code backup --quiet-node}: what is paused is resumed, whatever happens between. */
class QuietNodeTest {

  private static final String PAUSE = "POST /auto-scavenge/pause";
  private static final String RESUME = "POST /auto-scavenge/resume";
  private static final String STOP = "DELETE /admin/scavenge/current";
  private static final String START = "POST /admin/scavenge";

  private static final String USER = "COLDSTREAM_NODE_USER";
  private static final String PASSWORD = "COLDSTREAM_NODE_PASSWORD";

  @TempDir
  private Path home;

  private Shell shell;
  private Path database;
  private NodeEmulator node;

  @BeforeEach
  void start() throws IOException {
    shell = new Shell(home);
    database = Fixture.unpack("orders-" + Fixtures.NEWEST, home).database();
    node = NodeEmulator.start("kurrentdb-26.1").on(database);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static List<String> servers() {
    return RecordedAnswer.SERVERS;
  }

  private List<Object> words(Object... more) {
    List<Object> words = new ArrayList<>(List.of("backup", "--quiet-node", "--min-free", "0"));
    List<Object> given = List.of(more);
    if (!given.contains("--node")) {
      words.addAll(List.of("--node", node.url()));
    }
    if (!given.contains("--state")) {
      words.addAll(List.of("--state", home.resolve("state")));
    }
    words.addAll(List.of("--repo", home.resolve("repository").toUri()));
    words.addAll(given);
    return words;
  }

  private Ran backup(Object... more) {
    return shell.run(words(more).toArray());
  }

  private Ran resumeNode(Object... more) {
    List<Object> words = new ArrayList<>(List.of("resume-node", "--state", home.resolve("state")));
    words.addAll(List.of(more));
    return shell.run(words.toArray());
  }

  private static Ran done(Ran ran) {
    assertThat(ran.exit()).as(ran.everything()).isZero();
    return ran;
  }

  private List<Path> notes() throws IOException {
    if (Files.notExists(home.resolve("state"))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(home.resolve("state"))) {
      return files.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }

  /** The capture fails again and again, which takes some seconds. */
  private void damage() throws IOException {
    byte[] chaser = Files.readAllBytes(database.resolve("chaser.chk"));
    chaser[0] += 1;
    Files.write(database.resolve("chaser.chk"), chaser);
  }

  @Test
  void whatRunsIsPausedDuringTheCaptureAndResumed() throws IOException {
    ScavengeModel scavenges = ScavengeModel.withAuto(node, "Waiting", false);
    scavenges.start();

    Ran ran = done(backup());

    assertThat(node.changes()).containsExactly(PAUSE, STOP, START, RESUME);
    assertThat(scavenges.running()).contains("scavenge-2");
    assertThat(scavenges.auto()).isEqualTo("Waiting");
    assertThat(ran.out()).contains("paused         auto-scavenge and scavenge scavenge-1");
    assertThat(ran.err()).doesNotContain("node");
    assertThat(notes()).isEmpty();
  }

  @Test
  void theDocumentTellsWhatWasPaused() {
    ScavengeModel.withAuto(node, "InProgress", false).start();

    Ran ran = done(backup("--json"));

    assertThat(ran.json().at("/result/node/paused/autoScavenge").asBoolean()).isTrue();
    assertThat(ran.json().at("/result/node/paused/scavenge").asText()).isEqualTo("scavenge-1");
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aNodeWithoutAutoScavengeAndWithoutAScavengeIsLeftAlone(String server) throws IOException {
    try (NodeEmulator idle = NodeEmulator.start(server).on(database)) {
      Ran ran = done(backup("--node", idle.url()));

      assertThat(idle.changes()).isEmpty();
      assertThat(ran.err()).doesNotContain("node");
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aRunningScavengeIsStoppedAndResumed(String server) throws IOException {
    try (NodeEmulator busy = NodeEmulator.start(server).on(database)) {
      ScavengeModel scavenges = ScavengeModel.of(busy);
      scavenges.start();

      done(backup("--node", busy.url()));

      assertThat(busy.changes()).containsExactly(STOP, START);
      assertThat(scavenges.running()).contains("scavenge-2");
    }
  }

  @Test
  void whatTheOperatorPausedStaysPaused() {
    ScavengeModel scavenges = ScavengeModel.withAuto(node, "Paused", false);

    done(backup());

    assertThat(node.changes()).isEmpty();
    assertThat(scavenges.auto()).isEqualTo("Paused");
  }

  @Test
  void anAutoScavengeWithoutAScheduleIsNotPaused() {
    ScavengeModel.withAuto(node, "NotConfigured", false);

    done(backup());

    assertThat(node.changes()).isEmpty();
  }

  @Test
  void aPauseThatIsOnlyAcceptedIsWaitedFor() {
    ScavengeModel scavenges = ScavengeModel.withAuto(node, "InProgress", true);
    scavenges.pausesAfter(2);

    Ran ran = done(backup());

    assertThat(node.requests().stream().filter("GET /auto-scavenge/status"::equals))
        .hasSizeGreaterThanOrEqualTo(4);
    assertThat(node.changes()).containsExactly(PAUSE, RESUME);
    assertThat(ran.err()).doesNotContain("node");
  }

  @Test
  void aScavengeThatEndsBeforeItIsStoppedIsNotStartedAgain() {
    ScavengeModel scavenges = ScavengeModel.of(node);
    scavenges.start();
    node.answer(STOP, () -> {
      scavenges.finish();
      return RecordedAnswer.empty(404);
    });

    done(backup());

    assertThat(node.changes()).containsExactly(STOP);
    assertThat(scavenges.running()).isEmpty();
  }

  @Test
  void aNodeBefore2210IsToldOf() {
    node.answer("GET /admin/scavenge/current", RecordedAnswer.empty(404));

    assertThat(done(backup()).err().replace('\n', ' ')).contains("before 22.10");
    assertThat(node.changes()).isEmpty();
  }

  @Test
  void aDryRunPausesNothing() {
    ScavengeModel.withAuto(node, "Waiting", false).start();

    done(backup("--dry-run"));

    assertThat(node.changes()).isEmpty();
  }

  @Test
  void aFailedCaptureResumesWhatWasPaused() throws IOException {
    damage();
    ScavengeModel scavenges = ScavengeModel.withAuto(node, "Waiting", false);
    scavenges.start();

    Ran ran = backup();

    assertThat(ran.exit()).as(ran.everything()).isEqualTo(3);
    assertThat(node.changes()).containsExactly(PAUSE, STOP, START, RESUME);
    assertThat(notes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aNodeThatDoesNotAllowItIsAnErrorThatNamesTheVariables(int status) throws IOException {
    ScavengeModel scavenges = ScavengeModel.withAuto(node, "Waiting", false);
    node.answer(PAUSE, RecordedAnswer.empty(status));

    Ran ran = backup();

    assertThat(ran.exit()).as(ran.everything()).isEqualTo(5);
    assertThat(ran.err()).contains(USER, PASSWORD, "$ops", PAUSE + " answered " + status);
    assertThat(node.changes()).containsExactly(PAUSE);
    assertThat(scavenges.auto()).isEqualTo("Waiting");
    assertThat(notes()).isEmpty();
  }

  @Test
  void aNodeThatAllowsNoStopIsAnErrorAndItsAutoScavengeRunsAgain() throws IOException {
    ScavengeModel.withAuto(node, "Waiting", false).start();
    node.answer(STOP, RecordedAnswer.empty(403));

    assertThat(backup().exit()).isEqualTo(5);
    assertThat(node.changes()).containsExactly(PAUSE, STOP, RESUME);
    assertThat(notes()).isEmpty();
  }

  @Test
  void theCredentialsOfTheEnvironmentAreSent() {
    String login =
        Base64.getEncoder().encodeToString("ops:sécret".getBytes(StandardCharsets.UTF_8));
    node.requiring("Basic " + login);
    ScavengeModel.withAuto(node, "Waiting", false);

    assertThat(backup("--db", database).exit()).isEqualTo(5);
    assertThat(backup().exit()).isEqualTo(5);
    done(shell.set(USER, "ops").set(PASSWORD, "sécret").run(words().toArray()));
    Ran wrong = shell.set(PASSWORD, "another").run(words("--db", database).toArray());
    assertThat(wrong.exit()).as(wrong.everything()).isEqualTo(5);
    assertThat(wrong.err()).contains("does not allow the user").doesNotContain("another");
  }

  @Test
  void aFailingAutoScavengeIsAnErrorAndNothingStaysPaused() throws IOException {
    ScavengeModel.withAuto(node, "Waiting", false);
    node.answer("GET /auto-scavenge/status", RecordedAnswer.empty(503));

    Ran ran = backup();

    assertThat(ran.exit()).as(ran.everything()).isEqualTo(6);
    assertThat(ran.err()).contains("GET /auto-scavenge/status answered 503");
    assertThat(node.changes()).isEmpty();
    assertThat(notes()).isEmpty();
  }

  @Test
  void aNodeThatCannotBeResumedIsToldAndTheNextRunResumesIt() throws IOException {
    ScavengeModel scavenges = ScavengeModel.withAuto(node, "Waiting", false);
    node.answer(RESUME, RecordedAnswer.empty(500));

    Ran ran = backup();

    assertThat(ran.exit()).as(ran.everything()).isEqualTo(6);
    assertThat(ran.out()).contains("backup 1 of ");
    assertThat(ran.err()).contains("the backup is complete, but the node " + node.url());
    assertThat(Pasted.commands(ran.err()))
        .containsExactly(
            "coldstream resume-node --state " + home.resolve("state") + " --node " + node.url());
    assertThat(notes()).hasSize(1);
    assertThat(scavenges.auto()).isEqualTo("Paused");

    ScavengeModel.withAuto(node, "Paused", false);
    Ran resumed = done(resumeNode("--node", node.url()));

    assertThat(resumed.out()).contains(node.url() + ": resumed auto-scavenge");
    assertThat(node.changes()).last().isEqualTo(RESUME);
    assertThat(notes()).isEmpty();
    assertThat(done(resumeNode()).out()).contains("no backup left a node paused");
  }

  @ParameterizedTest
  @CsvSource({"KILL, 137", "TERM, 143", "INT, 130"})
  void aSignalDuringTheCaptureLeavesNothingPausedForGood(String signal, int exit) throws Exception {
    damage();
    ScavengeModel scavenges = ScavengeModel.withAuto(node, "Waiting", false);
    scavenges.start();
    CountDownLatch captured = new CountDownLatch(1);
    node.answer("GET /admin/scavenge/last", RecordedAnswer.empty(405));
    node.answer(STOP, () -> {
      scavenges.finish();
      captured.countDown();
      return RecordedAnswer.empty(200);
    });
    List<String> words = words().stream().map(Object::toString).toList();
    Child child = Child.start(home, List.of("-Xmx128m"), Map.of(), words);
    assertThat(captured.await(60, TimeUnit.SECONDS)).as(child.said()).isTrue();

    child.signal(signal);

    assertThat(child.exit()).as(child.said()).isEqualTo(exit);
    if (signal.equals("KILL")) {
      assertThat(node.changes()).containsExactly(PAUSE, STOP);
      assertThat(scavenges.auto()).isEqualTo("Paused");
      assertThat(notes()).hasSize(1);
      assertThat(resumeNode().exit()).isZero();
    }
    assertThat(node.changes()).containsExactly(PAUSE, STOP, START, RESUME);
    assertThat(scavenges.auto()).isEqualTo("Waiting");
    assertThat(scavenges.running()).isPresent();
    assertThat(notes()).isEmpty();
  }

  @Test
  void theNextBackupResumesWhatAKilledOneLeft() throws IOException {
    ScavengeModel scavenges = ScavengeModel.withAuto(node, "Waiting", false);
    node.answer(RESUME, RecordedAnswer.empty(500));
    assertThat(backup().exit()).isEqualTo(6);
    node.answer(RESUME, RecordedAnswer.empty(200));
    int before = node.changes().size();

    Object[] plain =
        words().stream().filter(word -> !word.equals("--quiet-node")).toArray();
    done(shell.run(plain));

    assertThat(node.changes().subList(before, node.changes().size())).containsExactly(RESUME);
    assertThat(scavenges.auto()).isEqualTo("Paused"); // the answer above does not change the model
    assertThat(notes()).isEmpty();
  }

  @Test
  void aNoteOfAnotherNodeIsAWarning() throws IOException {
    ScavengeModel.withAuto(node, "Waiting", false);
    node.answer(RESUME, RecordedAnswer.empty(500));
    assertThat(backup().exit()).isEqualTo(6);

    try (NodeEmulator other = NodeEmulator.start("kurrentdb-26.1").on(database)) {
      Ran ran = done(backup("--node", other.url()));
      assertThat(ran.err().replace('\n', ' '))
          .contains("left the node " + node.url() + " paused", "coldstream resume-node");
    }
  }

  @Test
  void aScavengeThatSomebodyResumedIsNotStartedAgain() throws IOException {
    ScavengeModel scavenges = ScavengeModel.of(node);
    scavenges.start();
    node.answer(START, RecordedAnswer.empty(500));
    assertThat(backup().exit()).isEqualTo(6);
    scavenges.start();
    scavenges.finish();
    int before = node.changes().size();

    done(resumeNode());

    assertThat(node.changes()).hasSize(before);
    assertThat(notes()).isEmpty();
  }

  @Test
  void aDamagedNoteIsAnErrorThatNamesTheFile() throws IOException {
    Files.createDirectories(home.resolve("state"));
    Path note = Files.writeString(home.resolve("state/paused-node-x.json"), "{\"format\":2}");

    Ran ran = resumeNode();

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err().replace('\n', ' ')).contains(note.toString(), "then remove the file");
  }

  @Test
  void aStateFolderThatCannotBeWrittenIsAnErrorBeforeAnythingIsPaused() throws IOException {
    ScavengeModel.withAuto(node, "Waiting", false);
    Path file = Files.createFile(home.resolve("file"));

    Ran ran = backup("--state", file.resolve("state"));

    assertThat(ran.exit()).as(ran.everything()).isEqualTo(2);
    assertThat(ran.err()).contains("state folder");
    assertThat(node.changes()).isEmpty();
  }

  @Test
  void aQuietNodeNeedsAnAddress() {
    Ran ran = shell.run(
        "backup",
        "--quiet-node",
        "--db",
        database,
        "--repo",
        home.resolve("repository").toUri());

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("--node URL");
  }
}
