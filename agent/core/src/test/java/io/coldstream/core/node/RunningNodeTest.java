package io.coldstream.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.repository.manifest.LogState;
import io.coldstream.core.repository.manifest.Positions;
import io.coldstream.core.support.disk.LocalDisk;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.log.Epoch;
import io.coldstream.eventstore.log.Lineage;
import io.coldstream.eventstore.testing.server.EmulatedMember;
import io.coldstream.eventstore.testing.server.NodeEmulator;
import io.coldstream.eventstore.testing.server.RecordedAnswer;
import io.coldstream.eventstore.testing.server.ScavengeModel;
import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.RawServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node tells, compared with what was captured, and pauses that do not take effect. */
class RunningNodeTest {

  private static final long MIB = 1 << 20;
  private static final long WRITER = 100 * MIB;
  private static final UUID FIRST = new UUID(1, 1);
  private static final UUID SECOND = new UUID(2, 2);

  @TempDir
  private Path state;

  private final List<String> warnings = new ArrayList<>();
  private NodeEmulator emulator;

  @BeforeEach
  void start() throws IOException {
    emulator = NodeEmulator.start("eventstoredb-24.10");
  }

  @AfterEach
  void stop() {
    emulator.close();
  }

  private static NodeRequests requests(String url, Duration longest) throws RunException {
    return NodeRequests.to(NodeAddress.parse(url), NodeCredentials.NONE, longest);
  }

  private RunningNode node() throws Exception {
    return RunningNode.ask(
        requests(emulator.url(), Duration.ofSeconds(30)), notes(), warnings::add);
  }

  private PausedNotes notes() {
    return new PausedNotes(new LocalDisk(), state);
  }

  private static LogState log(long writer) {
    Lineage lineage = new Lineage(List.of(
        new Epoch(0, FIRST, 0, OptionalLong.empty()),
        new Epoch(3, SECOND, 50 * MIB, OptionalLong.of(0))));
    Positions positions = new Positions(
        writer, writer, OptionalLong.of(50 * MIB), OptionalLong.empty(), writer, 50 * MIB);
    return new LogState(positions, 256 * MIB, lineage, Instant.EPOCH);
  }

  private static EmulatedMember self(long writer) {
    return EmulatedMember.single("Follower", writer);
  }

  private static EmulatedMember leader() {
    return EmulatedMember.single("Leader", 10 * WRITER);
  }

  private static void refused(RunningNode node, long captured, String said) {
    assertThatThrownBy(() -> node.requireOwn(log(captured)))
        .isInstanceOf(RunException.class)
        .hasMessageContaining(said)
        .extracting(e -> ((RunException) e).kind())
        .isEqualTo(Kind.SOURCE_REFUSED);
  }

  @Test
  void aLogWithTheNodesEpochIsTheNodes() throws Exception {
    emulator.gossip(self(WRITER).with(3, SECOND, 50 * MIB), leader());
    RunningNode node = node();

    assertThatCode(() -> node.requireOwn(log(WRITER + 16 * MIB))).doesNotThrowAnyException();
    assertThatCode(() -> node.requireOwn(log(WRITER - 16 * MIB))).doesNotThrowAnyException();
  }

  @Test
  void aLogWithoutTheNodesEpochIsAnothers() throws Exception {
    for (EmulatedMember self : List.of(
        self(WRITER).with(3, FIRST, 50 * MIB),
        self(WRITER).with(4, SECOND, 50 * MIB),
        self(WRITER).with(3, SECOND, 51 * MIB))) {
      emulator.gossip(self, leader());
      refused(node(), WRITER, "epoch " + self.epochNumber());
    }
  }

  @Test
  void aLogFarAwayFromTheNodesIsAnothers() throws Exception {
    emulator.gossip(self(WRITER), leader());
    refused(node(), WRITER - 16 * MIB - 1, "before the files were read");
  }

  @Test
  void aNodeOfAClusterIsAskedAgainUntilItHasReachedTheCapturedLog() throws Exception {
    emulator.gossip(self(WRITER), leader());
    RunningNode node = node();
    AtomicInteger questions = new AtomicInteger();
    NodeEmulator later =
        NodeEmulator.start("eventstoredb-24.10").gossip(self(2 * WRITER), leader());
    try (later) {
      String gossip = ask(later.url());
      String first = ask(emulator.url());
      emulator.answer(
          "GET /gossip",
          () -> RecordedAnswer.json(200, questions.incrementAndGet() < 2 ? first : gossip));

      node.requireOwn(log(2 * WRITER));

      assertThat(questions).hasValue(2);
    }
  }

  private static String ask(String url) throws Exception {
    NodeAnswer answer = requests(url, Duration.ofSeconds(30)).get("/gossip");
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  @Test
  void whatASingleNodeTellsOfItsPositionMayBeOld() throws Exception {
    emulator.gossip(EmulatedMember.single("Leader", WRITER));
    RunningNode node = node();

    assertThatCode(() -> node.requireOwn(log(10 * WRITER))).doesNotThrowAnyException();
  }

  /** As 20.10 does. */
  @Test
  void aLeaderThatDoesNotAnswerGossipIsASingleNode() throws Exception {
    try (RawServer old = new RawServer(line -> line.contains("/gossip")
        ? Answer.silence()
        : Answer.of(
            200,
            "Content-Type: application/json\r\n",
            line.contains("/info ")
                ? "{\"esVersion\":\"20.10.6.0\",\"state\":\"master\"}"
                : "[{\"name\":\"Db\",\"value\":\"/db\"}]"))) {
      NodeFacts facts = RunningNode.ask(
              requests(old.uri().toString(), Duration.ofMillis(500)), notes(), warnings::add)
          .facts();

      assertThat(facts.gossip()).isEmpty();
      assertThat(facts.version()).contains("20.10.6.0");
      assertThat(facts.lagBytes()).hasValue(0);
      assertThatCode(() -> new NodeGate(OptionalLong.of(0)).require(facts))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void aFollowerThatDoesNotAnswerGossipIsAnError() throws Exception {
    try (RawServer slow = new RawServer(line -> line.contains("/gossip")
        ? Answer.silence()
        : Answer.of(200, "Content-Type: application/json\r\n", "{\"state\":\"follower\"}"))) {
      NodeRequests requests = requests(slow.uri().toString(), Duration.ofMillis(500));

      assertThatThrownBy(() -> RunningNode.ask(requests, notes(), warnings::add))
          .hasMessageContaining("GET /gossip: no whole answer within 500 ms");
    }
  }

  @Test
  void anAutoScavengeThatDoesNotStopIsAWarningAndItsScavengeIsNotTouched() throws Exception {
    ScavengeModel scavenges = ScavengeModel.withAuto(emulator, "InProgress", true);
    scavenges.start();
    scavenges.pausesAfter(Integer.MAX_VALUE);
    QuietNode quiet = new QuietNode(
        requests(emulator.url(), Duration.ofSeconds(30)), notes(), wait -> {}, warnings::add);

    quiet.begin().close();

    assertThat(warnings).singleElement().asString().contains("had not stopped after 60 s");
    assertThat(emulator.changes())
        .containsExactly("POST /auto-scavenge/pause", "POST /auto-scavenge/resume");
    assertThat(notes().all()).isEmpty();
  }

  @Test
  void aSecondQuietRunIsAConflictAndPausesNothing() throws Exception {
    ScavengeModel.withAuto(emulator, "Waiting", false);
    NodeRequests requests = requests(emulator.url(), Duration.ofSeconds(30));
    QuietNode first = new QuietNode(requests, notes(), wait -> {}, warnings::add);
    QuietNode second = new QuietNode(requests, notes(), wait -> {}, warnings::add);
    SourceNode.Quiet held = first.begin();

    assertThatThrownBy(second::begin)
        .isInstanceOf(RunException.class)
        .extracting(e -> ((RunException) e).kind())
        .isEqualTo(Kind.CONFLICT);
    assertThatThrownBy(second::resumeLeft)
        .hasMessageContaining("another run of Coldstream keeps the node");
    assertThat(notes().abandoned()).isEmpty();
    held.close();

    assertThat(emulator.changes())
        .containsExactly("POST /auto-scavenge/pause", "POST /auto-scavenge/resume");
    assertThat(notes().all()).isEmpty();
  }

  @Test
  void aNoteIsDurableBeforeAnythingIsPaused() throws Exception {
    ScavengeModel.withAuto(emulator, "Waiting", false).start();
    List<List<PausedNode>> noted = new ArrayList<>();
    for (String order : List.of("POST /auto-scavenge/pause", "DELETE /admin/scavenge/current")) {
      emulator.answer(order, () -> {
        try {
          noted.add(notes().all());
        } catch (RunException e) {
          throw new IllegalStateException(e);
        }
        return RecordedAnswer.empty(200);
      });
    }
    QuietNode quiet = new QuietNode(
        requests(emulator.url(), Duration.ofSeconds(30)), notes(), wait -> {}, warnings::add);

    quiet.begin().close();

    assertThat(noted).hasSize(2);
    assertThat(noted.get(0)).singleElement().matches(PausedNode::autoScavenge);
    assertThat(noted.get(1).get(0).scavenge()).contains("scavenge-1");
  }
}
