package io.coldstream.core.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.backup.HookedStore;
import io.coldstream.core.inspect.UsageRun;
import io.coldstream.core.points.PointsRun;
import io.coldstream.core.prune.marks.KeepRun;
import io.coldstream.core.prune.policy.RetentionPolicy;
import io.coldstream.core.repository.Amount;
import io.coldstream.core.repository.Condemnation;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.manifest.DigestedJson;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.support.work.Workers;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three backups, a day apart, and what prunes make of them. */
class PruneRunTest {

  @TempDir
  static Path days;

  private PruneBed bed;

  @BeforeAll
  static void write() throws Exception {
    PruneBed.write(days);
  }

  @BeforeEach
  void backUp() throws Exception {
    bed = new PruneBed(days, 7);
    for (int day = 1; day <= 3; day++) {
      bed.backUp(day);
      bed.clock.pass(Duration.ofDays(1));
    }
    bed.clock.pass(PruneBed.GRACE);
  }

  private KeepRun marks() throws RunException {
    return new KeepRun(bed.open(), "host", bed.clock);
  }

  private void assertNothingRemoved(Set<ObjectName> before) {
    assertThat(bed.store.names()).containsAll(before);
  }

  @Test
  void aPlanRemovesNothingAndWritesNothing() throws Exception {
    Set<ObjectName> before = bed.store.names();
    PruneReport planned = bed.plan(PruneBed.LAST);
    assertThat(planned.done()).isEmpty();
    assertThat(planned.plan().removed()).containsExactly(1L, 2L);
    assertThat(planned.plan().amounts().condemned().objects()).isPositive();
    assertThat(bed.store.names()).isEqualTo(before);
  }

  @Test
  void manifestsGoAtOnceAndObjectsAfterTheGrace() throws Exception {
    Amount own = new UsageRun(bed.open())
        .run().backups().stream()
            .filter(backup -> backup.manifest().sequence() != 3)
            .map(backup -> backup.own())
            .reduce(Amount.NONE, Amount::plus);
    PruneReport first = bed.prune(PruneBed.LAST);
    assertThat(bed.backups()).containsExactly(3L);
    assertThat(first.done().orElseThrow().deleted().objects()).isEqualTo(2);
    Amount condemned = first.plan().amounts().condemned();
    // What the two share belongs to neither of them alone.
    assertThat(condemned.bytes()).isGreaterThanOrEqualTo(own.bytes() - 2 * 20_000);
    bed.clock.pass(PruneBed.GRACE.minusSeconds(1));
    PruneReport early = bed.prune(PruneBed.LAST);
    assertThat(early.done().orElseThrow().deleted()).isEqualTo(Amount.NONE);
    assertThat(early.plan().amounts().waiting()).isEqualTo(condemned);
    bed.clock.pass(Duration.ofSeconds(1));
    PruneReport second = bed.prune(PruneBed.LAST);
    assertThat(second.done().orElseThrow().deleted()).isEqualTo(condemned);
    bed.verify();
    assertThat(new UsageRun(bed.open()).run().totalUnnamed()).isEqualTo(Amount.NONE);
    assertThat(bed.names("manifests/")).hasSize(3); // with the document, and that it is done
    bed.clock.pass(PruneBed.GRACE);
    bed.prune(PruneBed.LAST);
    assertThat(bed.names("manifests/")).containsExactly(Layout.manifest(3));
  }

  @Test
  void whatIsLeftIsBackedUpVerifiedAndShown() throws Exception {
    bed.prune(PruneBed.LAST);
    bed.clock.pass(PruneBed.GRACE);
    bed.prune(PruneBed.LAST);
    assertThat(bed.backUp(4).committed().orElseThrow().sequence()).isEqualTo(4);
    bed.verify();
    assertThat(new PointsRun(new Workers(Runnable::run, 1)).run(bed.open())).isNotNull();
  }

  @Test
  void aNewBackupIsDifferentialAgainstTheOneThatWasKept() throws Exception {
    bed.prune(PruneBed.LAST);
    bed.clock.pass(PruneBed.GRACE);
    bed.prune(PruneBed.LAST);
    assertThat(bed.backUp(3).uploaded().addedObjects()).isZero();
  }

  @Test
  void backupsYoungerThanAnHourStay() throws Exception {
    bed.backUp(4);
    bed.clock.pass(Duration.ofMinutes(59));
    bed.backUp(4);
    assertThat(bed.plan(PruneBed.LAST).plan().removed()).containsExactly(1L, 2L, 3L);
    bed.clock.pass(Duration.ofMinutes(1));
    assertThat(bed.plan(PruneBed.LAST).plan().removed()).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void objectsOfARunningBackupAreNotCondemned() throws Exception {
    ObjectName segment = new ObjectName("chunks/chunk-000099.000000-" + "0".repeat(32));
    bed.store.replace(segment, new byte[7]);
    PruneReport report = bed.prune(PruneBed.LAST);
    assertThat(report.plan().amounts().young()).isEqualTo(new Amount(1, 7));
    assertThat(report.plan().condemned()).doesNotContain(segment);
  }

  @Test
  void whatIsNotOurKindStays() throws Exception {
    ObjectName foreign = new ObjectName("notes/of-an-operator.txt");
    ObjectName aside = new ObjectName("manifests/000000000001.json.damaged");
    bed.store.replace(foreign, new byte[7]);
    bed.store.replace(aside, new byte[7]);
    for (int i = 0; i < 4; i++) {
      bed.clock.pass(PruneBed.MORE_THAN_GRACE);
      bed.prune(PruneBed.LAST);
    }
    assertThat(bed.store.names())
        .contains(foreign, aside, Layout.REPOSITORY, Layout.RESTORE_TEXT, Layout.RESTORE_SCRIPT);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aDamagedManifestStopsItBeforeAnythingIsRemoved(long sequence) throws Exception {
    bed.store.replace(Layout.manifest(sequence), "{}".getBytes(StandardCharsets.UTF_8));
    assertStops(Layout.manifest(sequence).value());
  }

  @Test
  void aManifestOfANewerFormatStopsIt() throws Exception {
    byte[] newer = new String(DigestedJson.write(new Nothing("x")), StandardCharsets.UTF_8)
        .replace("\"coldstream\" : 1", "\"coldstream\" : 2")
        .getBytes(StandardCharsets.UTF_8);
    bed.store.replace(Layout.manifest(1), redigested(newer));
    assertStops("format 2");
  }

  private record Nothing(String nothing) {}

  private static byte[] redigested(byte[] document) {
    int covered = document.length - 82;
    byte[] start = Arrays.copyOf(document, covered);
    String tail = "  \"sha256\" : \"" + Sha256.of(start) + "\"\n}\n";
    byte[] whole = Arrays.copyOf(start, covered + tail.length());
    System.arraycopy(tail.getBytes(StandardCharsets.US_ASCII), 0, whole, covered, tail.length());
    return whole;
  }

  @Test
  void aDamagedPageOfAKeptBackupStopsIt() throws Exception {
    ObjectName page = bed.open().manifest(3).files().pages().get(0).object();
    bed.store.replace(page, new byte[3]);
    assertStops(page.value());
  }

  @Test
  void aMissingPageOfAKeptBackupStopsIt() throws Exception {
    ObjectName page = bed.open().manifest(3).files().pages().get(0).object();
    bed.store.delete(List.of(page));
    assertStops(page.value());
  }

  @Test
  void aDamagedMarkStopsIt() throws Exception {
    marks().set(1, true, Optional.of("audit"));
    ObjectName mark = new ObjectName("marks/000000000001/0001.json");
    bed.store.replace(mark, new byte[3]);
    assertStops(mark.value());
    assertThat(marks().set(1, true, Optional.empty()).changed()).isTrue();
    assertThat(bed.plan(PruneBed.LAST).plan().removed()).containsExactly(2L);
  }

  @Test
  void aDamagedDocumentOfAnEarlierPruneStopsIt() throws Exception {
    bed.prune(PruneBed.last(2));
    ObjectName document = bed.names("manifests/condemned-").iterator().next();
    bed.store.replace(document, new byte[3]);
    assertStops(document.value());
  }

  private void assertStops(String named) {
    Set<ObjectName> before = bed.store.names();
    assertThatThrownBy(() -> bed.prune(PruneBed.LAST))
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REPOSITORY_DAMAGED))
        .hasMessageContaining(named);
    assertNothingRemoved(before);
    assertThatThrownBy(() -> bed.plan(PruneBed.LAST)).hasMessageContaining(named);
  }

  @ParameterizedTest
  @ValueSource(longs = {-400, -30, 30, 400})
  void theClockOfTheMachineDecidesNothing(long days) throws Exception {
    Clock wrong = Clock.fixed(bed.clock.instant().plus(Duration.ofDays(days)), ZoneOffset.UTC);
    PruneParts parts = new PruneParts(
        bed.open(), new Workers(Runnable::run, 1), wrong, new Random(3), event -> {});
    PruneRequest request = new PruneRequest(PruneBed.LAST, PruneBed.GRACE, true);
    Amount condemned = PruneRun.run(request, parts).plan().amounts().condemned();
    assertThat(condemned.objects()).isPositive();
    PruneReport again = PruneRun.run(request, parts);
    assertThat(again.done().orElseThrow().deleted()).isEqualTo(Amount.NONE);
    bed.clock.pass(PruneBed.GRACE);
    assertThat(PruneRun.run(request, parts).done().orElseThrow().deleted()).isEqualTo(condemned);
    bed.verify();
  }

  @Test
  void anObjectFromTheFutureIsNotOld() throws Exception {
    ObjectName segment = new ObjectName("chunks/chunk-000099.000000-" + "0".repeat(32));
    Instant now = bed.clock.instant();
    bed.clock.pass(Duration.ofDays(4000));
    bed.store.replace(segment, new byte[7]);
    bed.clock.set(now);
    bed.prune(PruneBed.LAST);
    assertThat(bed.prune(PruneBed.LAST).done().orElseThrow().deleted()).isEqualTo(Amount.NONE);
    bed.clock.pass(PruneBed.GRACE);
    bed.prune(PruneBed.LAST);
    assertThat(bed.store.names()).contains(segment);
  }

  /** The store as it would be with a lock on what a name holds: the whole call fails, as on a disk. */
  private ObjectStore locked(String text) {
    return new HookedStore(bed.store, what -> {
      if (what.startsWith("delete") && what.contains(text)) {
        throw new StoreException(StoreException.Kind.ACCESS_DENIED, what + ": locked", null);
      }
    });
  }

  @Test
  void aRefusedRemovalIsCountedAndTheOthersAreDone() throws Exception {
    bed.prune(PruneBed.LAST);
    bed.clock.pass(PruneBed.GRACE);
    long condemned = bed.plan(PruneBed.LAST).plan().amounts().freed().objects();
    ObjectName kept = bed.plan(PruneBed.LAST).plan().documents().values().stream()
        .flatMap(Set::stream)
        .findFirst()
        .orElseThrow();
    PruneReport.Done done =
        bed.prune(PruneBed.LAST, locked(kept.value())).done().orElseThrow();
    assertThat(done.refused().objects()).isEqualTo(1);
    assertThat(done.deleted().objects()).isEqualTo(condemned - 1);
    assertThat(done.refusal().orElseThrow()).contains("locked");
    assertThat(bed.store.names()).contains(kept);
    bed.clock.pass(PruneBed.GRACE);
    bed.prune(PruneBed.LAST);
    bed.clock.pass(PruneBed.GRACE);
    bed.prune(PruneBed.LAST);
    assertThat(bed.store.names()).doesNotContain(kept);
  }

  @Test
  void aLockedManifestStaysABackupWithAllThatItNeeds() throws Exception {
    ObjectStore store = locked("manifests/000000000001.json");
    for (int i = 0; i < 4; i++) {
      PruneReport.Done done = bed.prune(PruneBed.LAST, store).done().orElseThrow();
      assertThat(done.removed()).doesNotContain(1L);
      assertThat(done.refused().objects()).isEqualTo(1);
      bed.clock.pass(PruneBed.GRACE);
    }
    assertThat(bed.backups()).containsExactly(1L, 3L);
    bed.verify();
  }

  @Test
  void anIdentityThatMayRemoveNothingIsToldSo() throws Exception {
    Set<ObjectName> before = bed.store.names();
    assertThatThrownBy(() -> bed.prune(PruneBed.LAST, locked("delete")))
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NO_ACCESS));
    assertNothingRemoved(before);
  }

  @Test
  void aMarkKeepsABackupUntilItIsTakenBack() throws Exception {
    assertThat(marks().set(1, true, Optional.of("audit")).changed()).isTrue();
    assertThat(marks().set(1, true, Optional.empty()).changed()).isFalse();
    bed.prune(PruneBed.LAST);
    assertThat(bed.backups()).containsExactly(1L, 3L);
    marks().set(1, false, Optional.empty());
    bed.prune(PruneBed.LAST);
    assertThat(bed.backups()).containsExactly(3L);
    bed.verify();
  }

  @Test
  void aMarkNeedsABackup() {
    assertThatThrownBy(() -> marks().set(9, true, Optional.empty()))
        .hasMessageContaining("there is no backup 9");
    assertThatThrownBy(() -> marks().set(1, false, Optional.empty()))
        .hasMessageContaining("has no mark to take back");
  }

  @Test
  void aRepositoryWithoutBackupsIsRefused() throws Exception {
    bed.store.delete(bed.names("manifests/"));
    assertThatThrownBy(() -> bed.prune(PruneBed.LAST))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("no manifest");
  }

  @Test
  void anInterruptedUploadIsSwept() throws Exception {
    bed.store.leaveUnfinished(new ObjectName("chunks/a"), StoreClock.BEGIN);
    bed.store.leaveUnfinished(new ObjectName("chunks/b"), bed.clock.instant());
    assertThat(bed.prune(PruneBed.LAST).done().orElseThrow().uploads().removed())
        .isEqualTo(1);
    assertThat(bed.store.unfinished()).containsExactly(new ObjectName("chunks/b"));
  }

  @Test
  void olderResultsNotesAndDrillsGo() throws Exception {
    for (int i = 1; i <= 13; i++) {
      bed.store.replace(
          new ObjectName(String.format(Locale.ROOT, "verifications/results/%012d.json", i)),
          new byte[1]);
    }
    bed.store.replace(new ObjectName("verifications/parts/x/plan.json"), new byte[1]);
    bed.store.replace(new ObjectName("progress/" + "r".repeat(26) + "/1.json"), new byte[1]);
    for (int hour = 1; hour <= 5; hour++) {
      for (int backup : new int[] {1, 3}) {
        bed.store.replace(
            Layout.drill(backup, StoreClock.BEGIN.plus(Duration.ofHours(hour)), "id"), new byte[1]);
      }
    }
    bed.prune(PruneBed.LAST);
    assertThat(bed.names("verifications/")).hasSize(14); // all are younger than the grace
    bed.clock.pass(PruneBed.GRACE);
    bed.prune(PruneBed.LAST);
    assertThat(bed.names("verifications/results/")).hasSize(Leftovers.KEPT_RESULTS);
    assertThat(bed.names("verifications/parts/")).isEmpty();
    assertThat(bed.names("progress/")).isEmpty();
    assertThat(bed.names("drills/000000000001/")).isEmpty();
    assertThat(bed.names("drills/000000000003/")).hasSize(Leftovers.KEPT_DRILLS);
  }

  @Test
  void aPruneThatIsKilledAtAnyCallIsFinishedByTheNext() throws Exception {
    bed.prune(PruneBed.last(2));
    bed.clock.pass(PruneBed.GRACE);
    PruneBed.State state = bed.state();
    for (int call = 1; ; call++) {
      PruneBed killed = PruneBed.of(days, state, 500 + call);
      DyingStore store = new DyingStore(killed.store, call);
      boolean died = store.kills(() -> killed.prune(PruneBed.LAST, store.store()));
      killed.verify();
      assertThat(killed.backups()).contains(3L);
      for (int i = 0; i < 4; i++) {
        killed.prune(PruneBed.LAST);
        killed.verify();
        killed.clock.pass(PruneBed.MORE_THAN_GRACE);
      }
      assertThat(killed.backups()).containsExactly(3L);
      assertThat(killed.names("manifests/")).as("call " + call).hasSize(1);
      assertThat(new UsageRun(killed.open()).run().totalUnnamed()).isEqualTo(Amount.NONE);
      if (!died) {
        assertThat(call).isGreaterThan(15);
        return;
      }
    }
  }

  @Test
  void aDocumentOfManyObjectsIsDivided() throws Exception {
    RetentionPolicy policy = PruneBed.last(3);
    int count = Condemnation.MAX_OBJECTS + 5;
    for (int i = 0; i < count; i++) {
      bed.store.replace(new ObjectName("index/garbage-" + i), new byte[1]);
    }
    bed.clock.pass(PruneBed.GRACE);
    bed.prune(policy);
    assertThat(bed.names("manifests/condemned-")).hasSize(2);
    bed.clock.pass(PruneBed.GRACE);
    assertThat(bed.prune(policy).done().orElseThrow().deleted())
        .isEqualTo(new Amount(count, count));
    bed.verify();
  }
}
