package io.coldstream.core.backup.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.backup.capture.Capture;
import io.coldstream.core.backup.capture.CapturedFiles;
import io.coldstream.core.backup.plan.LineageVerdict.Kind;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.RepositoryInfo;
import io.coldstream.core.repository.RepositoryLocation;
import io.coldstream.core.repository.RestoredMark;
import io.coldstream.core.repository.manifest.ForkedFrom;
import io.coldstream.core.repository.manifest.LogState;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.Manifests;
import io.coldstream.core.repository.manifest.Positions;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.support.failure.Remedy.Action;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.chunk.ChunkFileName;
import io.coldstream.eventstore.chunk.ChunkHeader;
import io.coldstream.eventstore.chunk.ChunkId;
import io.coldstream.eventstore.log.Epoch;
import io.coldstream.eventstore.log.Lineage;
import io.coldstream.store.testkit.MemoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LineageGateTest {

  private static final UUID DATABASE = Manifests.DATABASE_ID;
  private static final long LIMIT = 1000;

  /** The newest backup: epochs 0, 1 and 2, restore point 5000. */
  private static final List<Epoch> STORED = epochs(0, 0, 1, 1000, 2, 4000);

  private static final long STORED_END = 5000;

  @Test
  void theFirstBackupHasNothingToFollow() throws Exception {
    assertThat(rule().judge(capture(STORED, 5000), info(), Optional.empty()).kind())
        .isEqualTo(Kind.FIRST);
  }

  @Test
  void anUnchangedLogContinues() throws Exception {
    assertThat(judge(STORED, 5000).kind()).isEqualTo(Kind.CONTINUES);
  }

  @Test
  void aLogThatGrewContinues() throws Exception {
    assertThat(judge(STORED, 9000).kind()).isEqualTo(Kind.CONTINUES);
  }

  @Test
  void aNewEpochAtTheEndOfWhatIsStoredContinues() throws Exception {
    assertThat(judge(with(STORED, 3, 5000), 9000).kind()).isEqualTo(Kind.CONTINUES);
  }

  @Test
  void aStaleSourceIsBehind() throws Exception {
    assertThat(judge(STORED, 4999)).isEqualTo(new LineageVerdict(Kind.BEHIND, 4999, 1));
    assertThat(judge(STORED.subList(0, 2), 3000))
        .isEqualTo(new LineageVerdict(Kind.BEHIND, 3000, 2000));
    assertThat(judge(STORED.subList(0, 2), 4000).kind()).isEqualTo(Kind.BEHIND);
    refused(STORED, 4999, true, List.of(Action.ACCEPT_LINEAGE), "is stale");
  }

  @Test
  void aLogWithoutTheNewestEpochThatGoesOnBeyondItIsForked() throws Exception {
    assertThat(judge(STORED.subList(0, 2), 4500))
        .isEqualTo(new LineageVerdict(Kind.FORKED, 4000, 1000));
  }

  @Test
  void anElectionsLossWithinTheLimitIsAcceptedAndRecorded() throws Exception {
    List<Epoch> kept = with(STORED, 3, 4200);
    assertThat(judge(kept, 4300)).isEqualTo(new LineageVerdict(Kind.ELECTION_LOSS, 4200, 800));
    List<RunEvent> events = new ArrayList<>();
    assertThat(pass(capture(kept, 4300), false, events)).contains(new ForkedFrom(7, 4200));
    assertThat(events).singleElement().asString().contains("800 bytes").contains("election");
  }

  @Test
  void anElectionMayDiscardTheNewestBackupsLastEpoch() throws Exception {
    List<Epoch> kept = with(STORED.subList(0, 2), 3, 6000);
    assertThat(judge(kept, 7000)).isEqualTo(new LineageVerdict(Kind.ELECTION_LOSS, 4000, 1000));
  }

  @Test
  void anElectionsLossBeyondTheLimitIsRefused() throws Exception {
    List<Epoch> kept = with(STORED.subList(0, 2), 3, 3999);
    assertThat(judge(kept, 9000))
        .isEqualTo(new LineageVerdict(Kind.GREAT_ELECTION_LOSS, 3999, 1001));
    refused(
        kept,
        9000,
        false,
        List.of(Action.ACCEPT_ELECTION_LOSS, Action.ACCEPT_LINEAGE),
        "1001 bytes");
  }

  @Test
  void aForkIsRefusedUnlessAccepted() throws Exception {
    List<Epoch> fork = with(STORED.subList(0, 2), 2, 3000);
    assertThat(judge(fork, 3500)).isEqualTo(new LineageVerdict(Kind.FORKED, 3000, 2000));
    refused(fork, 3500, false, List.of(Action.ACCEPT_LINEAGE), "at position 3000", "2000 bytes");
    assertThat(pass(capture(fork, 3500), true, new ArrayList<>()))
        .contains(new ForkedFrom(7, 3000));
  }

  /** A restore that took over looks like an election that discarded the end. */
  @Test
  void anAcceptedLineageNamesTheBytesThatOnlyOlderBackupsHave() throws Exception {
    for (List<Epoch> epochs : List.of(
        with(STORED.subList(0, 2), 2, 4300), with(STORED, 3, 4300), with(STORED, 9, 4300))) {
      List<RunEvent> events = new ArrayList<>();

      pass(restored(epochs, 4400, mark(4300, true)), true, events);

      long from = epochs.size() == 3 ? 4000 : 4300;
      assertThat(events)
          .singleElement()
          .asString()
          .contains("the " + (STORED_END - from) + " bytes from position " + from + " to 5000")
          .contains("only backup 7 and those before it have them")
          .doesNotContain("election");
    }
  }

  @Test
  void anAcceptedCloneThatLacksNothingSaysSo() throws Exception {
    List<RunEvent> events = new ArrayList<>();

    pass(restored(with(STORED, 3, 5000), 9000, mark(5000, false)), true, events);

    assertThat(events).singleElement().asString().contains("everything that backup 7 holds");
  }

  @Test
  void aForkThatHasGrownPastTheNewestBackupIsStillAFork() throws Exception {
    List<Epoch> fork = with(with(STORED.subList(0, 2), 2, 4500), 3, 6000);
    assertThat(judge(fork, 50_000)).isEqualTo(new LineageVerdict(Kind.FORKED, 4000, 1000));
  }

  @Test
  void anotherDatabaseIsRefusedWithEveryOption() throws Exception {
    List<Epoch> other = List.of(new Epoch(0, new UUID(9, 9), 0, OptionalLong.empty()));
    assertThat(judge(other, 9000).kind()).isEqualTo(Kind.UNRELATED);
    assertThat(rule().judge(capture(other, 9000), info(), Optional.empty()).kind())
        .isEqualTo(Kind.UNRELATED);
    refused(other, 9000, true, List.of(), "belongs to database " + DATABASE, "its own prefix");
  }

  @Test
  void aRestoredCloneOfAnActiveOriginalIsRefused() throws Exception {
    List<Epoch> clone = with(STORED, 3, 5000);
    Capture capture = restored(clone, 9000, mark(5000, false));
    assertThat(judge(capture)).isEqualTo(new LineageVerdict(Kind.CLONE, 5000, 0));
    assertThatThrownBy(() -> pass(capture, false, new ArrayList<>()))
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(actions(e)).containsExactly(Action.ACCEPT_LINEAGE))
        .hasMessageContaining("restored from backup 6");
    assertThat(pass(capture, true, new ArrayList<>())).contains(new ForkedFrom(7, 5000));
  }

  @Test
  void aCloneOfAnEarlierBackupIsRefusedEvenWithinAnElectionsLoss() throws Exception {
    Capture capture = restored(with(STORED, 3, 4500), 9000, mark(4500, false));
    assertThat(judge(capture)).isEqualTo(new LineageVerdict(Kind.CLONE, 4500, 500));
  }

  @Test
  void aCloneThatTookOverOrWasAcceptedBeforeContinues() throws Exception {
    List<Epoch> clone = with(STORED, 3, 5000);
    assertThat(judge(restored(clone, 9000, mark(5000, true))).kind()).isEqualTo(Kind.CONTINUES);
    Manifest accepted = newest(clone, 8000);
    assertThat(rule()
            .judge(restored(clone, 9000, mark(5000, false)), info(), Optional.of(accepted))
            .kind())
        .isEqualTo(Kind.CONTINUES);
  }

  @Test
  void aCloneThatNoServerHasWrittenInIsJustACopy() throws Exception {
    assertThat(judge(restored(STORED, 5000, mark(5000, false))).kind()).isEqualTo(Kind.CONTINUES);
  }

  @Test
  void aMarkOfAnotherRepositorySaysNothing() throws Exception {
    RestoredMark other = new RestoredMark("z".repeat(26), 6, 5000, false, Instant.EPOCH);
    assertThat(judge(restored(with(STORED, 3, 5000), 9000, other)).kind())
        .isEqualTo(Kind.CONTINUES);
  }

  private static LineageRule rule() {
    return new LineageRule(LIMIT);
  }

  private static LineageVerdict judge(List<Epoch> epochs, long restorePoint) {
    return judge(capture(epochs, restorePoint));
  }

  private static LineageVerdict judge(Capture capture) {
    return rule().judge(capture, info(), Optional.of(newest(STORED, STORED_END)));
  }

  private static Optional<ForkedFrom> pass(
      Capture capture, boolean newLineage, List<RunEvent> events) throws RunException {
    LineageGate gate = new LineageGate(rule(), newLineage, events::add);
    Repository repository = new RepositoryLocation(new MemoryStore(), "memory:x").create(info());
    return gate.pass(capture, Optional.of(repository), Optional.of(newest(STORED, STORED_END)));
  }

  private static void refused(
      List<Epoch> epochs,
      long restorePoint,
      boolean newLineage,
      List<Action> remedies,
      String... message) {
    assertThatThrownBy(() -> pass(capture(epochs, restorePoint), newLineage, new ArrayList<>()))
        .isInstanceOfSatisfying(RunException.class, e -> {
          assertThat(e.kind()).isEqualTo(RunException.Kind.CONFLICT);
          assertThat(actions(e)).isEqualTo(remedies);
        })
        .hasMessageContainingAll(message);
  }

  private static List<Action> actions(RunException refusal) {
    return refusal.remedies().stream().map(Remedy::action).toList();
  }

  private static RepositoryInfo info() {
    return new RepositoryInfo(Manifests.REPOSITORY_ID, Instant.EPOCH, DATABASE);
  }

  private static RestoredMark mark(long position, boolean takesOver) {
    return new RestoredMark(Manifests.REPOSITORY_ID, 6, position, takesOver, Instant.EPOCH);
  }

  private static Manifest newest(List<Epoch> epochs, long restorePoint) {
    return Manifests.with(7, positions(epochs, restorePoint), new Lineage(epochs));
  }

  private static Capture capture(List<Epoch> epochs, long restorePoint) {
    return restored(epochs, restorePoint, null);
  }

  private static Capture restored(List<Epoch> epochs, long restorePoint, RestoredMark mark) {
    ChunkHeader header =
        new ChunkHeader(4, 3, 1 << 20, 0, 0, false, new ChunkId(new UUID(5, 6)), 0);
    return new Capture(
        1,
        new LogState(positions(epochs, restorePoint), 1 << 20, new Lineage(epochs), Instant.EPOCH),
        new CapturedFiles(
            List.of(new Chunk(new ChunkFileName(0, 0), 4096, header, Optional.empty())),
            Optional.empty(),
            List.of(),
            List.of()),
        List.of(),
        List.of(),
        Optional.ofNullable(mark),
        null);
  }

  private static Positions positions(List<Epoch> epochs, long restorePoint) {
    long epoch = epochs.get(epochs.size() - 1).position();
    return new Positions(
        restorePoint,
        restorePoint,
        OptionalLong.of(epoch),
        OptionalLong.empty(),
        restorePoint,
        epoch);
  }

  private static List<Epoch> with(List<Epoch> epochs, long number, long position) {
    List<Epoch> all = new ArrayList<>(epochs);
    all.add(new Epoch(
        number,
        new UUID(77, number),
        position,
        OptionalLong.of(epochs.get(epochs.size() - 1).position())));
    return all;
  }

  /** Pairs of number and position; the first one is the database's. */
  private static List<Epoch> epochs(long... pairs) {
    List<Epoch> all = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      all.add(new Epoch(
          pairs[i],
          i == 0 ? DATABASE : new UUID(1, pairs[i]),
          pairs[i + 1],
          i == 0 ? OptionalLong.empty() : OptionalLong.of(pairs[i - 1])));
    }
    return all;
  }
}
