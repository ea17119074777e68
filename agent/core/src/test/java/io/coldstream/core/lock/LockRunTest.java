package io.coldstream.core.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.repository.Condemnation;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.RepositoryInfo;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.Content;
import io.coldstream.store.ObjectName;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import io.coldstream.store.testkit.Verb;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockRunTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration PERIOD = Duration.ofDays(30);
  private static final Duration MARGIN = Duration.ofDays(10);
  private static final Instant FIRST_END = LockBed.BEGIN.plus(PERIOD);

  @TempDir
  Path temp;

  private LockBed bed;

  @BeforeEach
  void open() {
    bed = new LockBed(temp, PERIOD, MARGIN);
  }

  @Test
  void aBackupLocksAllThatItNeeds() throws Exception {
    LockReport report = bed.backUp(bed.grown());
    List<ObjectName> needed = bed.needs(1);
    assertThat(needed)
        .contains(
            Layout.REPOSITORY, Layout.RESTORE_TEXT, Layout.RESTORE_SCRIPT, Layout.manifest(1));
    for (ObjectName name : needed) {
      assertThat(bed.lockedUntil(name)).as("%s", name).contains(FIRST_END);
    }
    assertThat(bed.memory.names().stream().filter(Layout::isOfBackups))
        .containsExactlyInAnyOrderElementsOf(needed);
    assertThat(report.ends()).isEqualTo(Map.of(1L, FIRST_END));
    assertThat(report.safeUntil()).contains(FIRST_END);
    assertThat(report.extended()).isZero();
    assertThat(StoredLocks.of(bed.open()).end(1)).contains(FIRST_END);
    assertThat(StoredLocks.of(bed.open(), 1).end(1)).contains(FIRST_END);
  }

  @Test
  void notesAndResultsAreNotLocked() throws Exception {
    bed.backUp(bed.grown());
    LockingStore store = new LockingStore(bed.memory, bed.settings, bed.clock);
    ObjectName condemned = Condemnation.name("a".repeat(26), 1);
    for (String name : List.of(
        "progress/a/1.json",
        "verifications/results/1.json",
        "drills/1",
        condemned.value(),
        Condemnation.done(condemned).value())) {
      ObjectName object = new ObjectName(name);
      store.put(new PutRequest(object, Content.of(new byte[1]), Placement.STANDARD));
      assertThat(bed.lockedUntil(object)).as(name).isEmpty();
    }
    assertThat(bed.memory.names().stream().filter(Layout.LOCKS::holds)).hasSize(1);
    for (ObjectName note :
        bed.memory.names().stream().filter(Layout.LOCKS::holds).toList()) {
      assertThat(bed.lockedUntil(note)).isEmpty();
    }
  }

  /** Also where the earliest of them ends in some days: an end inside the margin is what counts. */
  @Test
  void nothingIsExtendedOutsideTheMargin() throws Exception {
    bed.backUp(bed.grown());
    bed.clock.advance(Duration.ofDays(19));
    LockReport report = bed.backUp(bed.grown());
    assertThat(bed.extensions()).isZero();
    assertThat(report.due()).isEqualTo(1);
    assertThat(report.ends()).isEqualTo(Map.of(1L, FIRST_END, 2L, FIRST_END));
    int calls = bed.counting.log().count();
    LockReport again = bed.lock(false);
    assertThat(again.due()).isZero();
    assertThat(bed.counting.log().count() - calls)
        .as("coldstream.json, manifests and locks")
        .isLessThanOrEqualTo(4);
  }

  @Test
  void insideTheMarginEachObjectIsExtendedOnce() throws Exception {
    bed.backUp(bed.grown());
    bed.clock.advance(DAY);
    bed.backUp(bed.grown());
    bed.clock.advance(Duration.ofDays(20));
    LockReport report = bed.lock(false);
    Instant until = bed.clock.instant().plus(PERIOD);
    List<String> extended = bed.counting.log().targets(Verb.EXTEND);
    assertThat(extended).doesNotHaveDuplicates().hasSize((int) report.extended());
    for (long sequence = 1; sequence <= 2; sequence++) {
      for (ObjectName name : bed.needs(sequence)) {
        assertThat(bed.lockedUntil(name)).as("%s", name).contains(until);
      }
    }
    assertThat(report.ends()).isEqualTo(Map.of(1L, until, 2L, until));
    assertThat(bed.lock(false).extended()).isZero();
  }

  @Test
  void whatNoKeptBackupNeedsIsNotExtended() throws Exception {
    bed.backUp(bed.grown());
    bed.clock.advance(DAY);
    bed.backUp(bed.grown());
    List<ObjectName> before = bed.needs(1);
    List<ObjectName> kept = bed.needs(2);
    List<ObjectName> lost = before.stream().filter(name -> !kept.contains(name)).toList();
    assertThat(lost).isNotEmpty();
    bed.clock.advance(Duration.ofDays(30));
    bed.memory.delete(List.of(Layout.manifest(1)));
    LockReport report = bed.lock(false);
    assertThat(report.backups()).isEqualTo(1);
    assertThat(bed.counting.log().targets(Verb.EXTEND))
        .doesNotContainAnyElementsOf(lost.stream().map(ObjectName::value).toList())
        .hasSameSizeAs(kept);
  }

  @Test
  void aRepositoryWithoutLocksIsLocked() throws Exception {
    bed.backUpUnlocked(bed.grown());
    LockReport report = bed.lock(false);
    assertThat(report.extended()).isEqualTo(bed.needs(1).size());
    assertThat(report.ends()).isEqualTo(Map.of(1L, FIRST_END));
    for (ObjectName name : bed.needs(1)) {
      assertThat(bed.lockedUntil(name)).as("%s", name).contains(FIRST_END);
    }
  }

  @Test
  void aRefusalIsCountedAndEverythingElseIsExtended() throws Exception {
    bed.backUpUnlocked(bed.grown());
    bed.through =
        store -> new FaultyStore(store, Fault.atCall(Verb.EXTEND, 3).as(Kind.ACCESS_DENIED));
    LockReport report = bed.lock(false);
    assertThat(report.refusals()).hasSize(1);
    assertThat(report.extended()).isEqualTo(bed.needs(1).size() - 1);
    assertThat(report.ends()).isEmpty();
    assertThat(report.safeUntil()).isEmpty();
    assertThat(StoredLocks.of(bed.open()).end(1)).isEmpty();
    assertThatThrownBy(report::requireGood)
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(RunException.Kind.NO_ACCESS))
        .hasMessageContaining("1 lock");
    bed.through = store -> store;
    assertThat(bed.lock(false).ends()).containsOnlyKeys(1L);
  }

  @Test
  void aStoreThatIsNotReachableEndsTheRun() throws Exception {
    bed.backUpUnlocked(bed.grown());
    bed.through =
        store -> new FaultyStore(store, Fault.atCall(Verb.EXTEND, 1).as(Kind.UNAVAILABLE));
    assertThatThrownBy(() -> bed.lock(false))
        .isInstanceOfSatisfying(
            RunException.class,
            e -> assertThat(e.kind()).isEqualTo(RunException.Kind.STORE_UNAVAILABLE));
  }

  @Test
  void locksThatEndedAreAWarning() throws Exception {
    bed.backUp(bed.grown());
    bed.clock.advance(Duration.ofDays(31));
    LockReport report = bed.lock(false);
    assertThat(report.extended()).isEqualTo(bed.needs(1).size());
    assertThat(bed.warnings()).hasSize(1).first().asString().contains("lock-margin");
  }

  @Test
  void allExtendsWhateverWasNoted() throws Exception {
    bed.backUp(bed.grown());
    bed.clock.advance(DAY);
    LockReport report = bed.lock(true);
    assertThat(report.extended()).isEqualTo(bed.needs(1).size());
    assertThat(report.ends()).isEqualTo(Map.of(1L, FIRST_END.plus(DAY)));
  }

  /** Nothing is known of it, so that it is locked, however young the other backups are. */
  @Test
  void anObjectThatWasThereBeforeIsLocked() throws Exception {
    Path database = bed.grown();
    bed.backUpUnlocked(database);
    RepositoryInfo info = bed.open().info();
    bed.memory.delete(List.of(Layout.manifest(1)));
    bed.backUp(database);
    assertThat(bed.open().info()).isEqualTo(info);
    long newest = bed.open().newest();
    for (ObjectName name : bed.needs(newest)) {
      assertThat(bed.lockedUntil(name)).as("%s", name).contains(FIRST_END);
    }
    assertThat(bed.extensions()).isPositive();
  }

  @Test
  void aNoteIsADocumentThatEndsInItsDigest() throws Exception {
    bed.backUp(bed.grown());
    ObjectName note =
        bed.memory.names().stream().filter(Layout.LOCKS::holds).findFirst().orElseThrow();
    assertThat(note.value()).isEqualTo("locks/000000000001/20260131T000000Z.json");
    String text = new String(bed.memory.contents().get(note), StandardCharsets.UTF_8);
    assertThat(text)
        .startsWith("{\n  \"coldstream\" : 1,\n  \"sequence\" : 1,")
        .contains("\"until\" : \"2026-01-31T00:00:00Z\"")
        .contains("\"objects\" : " + bed.needs(1).size());
  }
}
