package io.coldstream.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.RestoredMark;
import io.coldstream.core.repository.manifest.ForkedFrom;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.ManifestJson;
import io.coldstream.core.repository.manifest.Manifests;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.testkit.CountingStore;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import io.coldstream.store.testkit.Verb;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input, the repository's part, as far as a backup meets it: one test for each entry. */
class RepositoryInputTest {

  @TempDir
  Path temp;

  private Bed bed;
  private Fixture series;

  @BeforeEach
  void unpack() {
    bed = new Bed();
    series = Fixture.unpack("series-" + Fixtures.NEWEST, temp);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  /** As S3 does where the right to list has a condition that the request does not meet. */
  @Test
  void aStoreThatDeniesToReadWhatIsNotThereIsTakenForEmptyIfItListsNothing() throws Exception {
    ObjectStore store = new HookedStore(bed.memory, what -> {
      String name = what.replaceFirst("^read ", "");
      if (!name.equals(what) && bed.memory.stat(new ObjectName(name)).isEmpty()) {
        throw new StoreException(StoreException.Kind.ACCESS_DENIED, what, null);
      }
    });
    bed.backUp(series.database("day1"), store);
    bed.backUp(series.database("day2"), store);
    SeriesBackupTest.assertHolds(bed, bed.manifest(2), series.database("day2"));
  }

  @Test
  void aRepositoryThatMayNotBeReadIsNotTakenForEmpty() throws Exception {
    bed.backUp(series.database("day1"));
    ObjectStore store = new HookedStore(bed.memory, what -> {
      if (what.equals("read coldstream.json")) {
        throw new StoreException(StoreException.Kind.ACCESS_DENIED, what, null);
      }
    });
    refused(RunException.Kind.NO_ACCESS, series.database("day2"), store, "read coldstream.json");
  }

  /** By its name and length the next run would take it for right. */
  @Test
  void whatTheStoreMadeSomethingElseOfIsNamedToBeSentAgain() {
    ObjectStore store = new HookedStore(bed.memory, what -> {
      if (what.startsWith("put chunks/chunk-000000")) {
        throw new StoreException(StoreException.Kind.CORRUPT, what + ": other bytes", null);
      }
    });
    refusedLeaving(
        RunException.Kind.REPOSITORY_DAMAGED,
        series.database("day1"),
        store,
        "run the next backup with --resend chunks/chunk-000000");
  }

  @Test
  void anotherDatabaseIsRefused() throws Exception {
    Fixture other = Fixture.unpack("series-" + Fixtures.VERSIONS.get(0), temp);
    bed.backUp(other.database("day1"));
    refused(RunException.Kind.CONFLICT, series.database("day1"), bed.memory, "belongs to");
    bed.with(Bed.lineage(bed.request, true, 0));
    refused(RunException.Kind.CONFLICT, series.database("day1"), bed.memory, "belongs to");
  }

  @Test
  void aStaleSourceIsRefused() throws Exception {
    bed.backUp(series.database("day2"));
    refused(RunException.Kind.CONFLICT, series.database("day1"), bed.memory, "stale");
    bed.backUp(series.database("day2"));
    bed.backUp(series.database("day3"));
  }

  @Test
  void aRestoredCloneOfAnActiveOriginalIsRefused() throws Exception {
    Manifest original = bed.backUp(series.database("day1")).committed().orElseThrow();
    Path clone = series.database("day2");
    RestoredMark mark = new RestoredMark(
        original.repositoryId(), 1, original.log().positions().restorePoint(), false, Bed.NOW);
    Files.write(clone.resolve(RestoredMark.FILE_NAME), mark.bytes());
    refused(RunException.Kind.CONFLICT, clone, bed.memory, "was restored from backup 1");

    bed.with(Bed.lineage(bed.request, true, 0));
    Manifest accepted = bed.backUp(clone).committed().orElseThrow();
    assertThat(accepted.forkedFrom()).map(ForkedFrom::sequence).contains(1L);
    bed.with(Bed.lineage(bed.request, false, 0));
    assertThat(bed.backUp(clone).committed().orElseThrow().forkedFrom()).isEmpty();
  }

  @Test
  void twoConcurrentBackupsBothSucceed() throws Exception {
    ObjectStore store =
        HookedStore.once(bed.memory, "put manifests/", what -> bed.backUp(series.database("day1")));
    BackupReport report = bed.backUp(series.database("day2"), store);
    assertThat(report.captures()).isEqualTo(2);
    assertThat(report.committed().orElseThrow().sequence()).isEqualTo(2);
    SeriesBackupTest.assertHolds(bed, bed.manifest(1), series.database("day1"));
    SeriesBackupTest.assertHolds(bed, bed.manifest(2), series.database("day2"));
  }

  @Test
  void twoBackupsInTwoThreadsLeaveCompleteBackups() throws Exception {
    CompletableFuture<BackupReport> other = CompletableFuture.supplyAsync(() -> {
      try {
        return bed.backUp(series.database("day1"));
      } catch (RunException e) {
        throw new IllegalStateException(e);
      }
    });
    BackupReport report = bed.backUp(series.database("day1"));
    Set<Long> sequences = new TreeSet<>();
    sequences.add(report.committed().orElseThrow().sequence());
    sequences.add(other.get().committed().orElseThrow().sequence());
    assertThat(sequences).containsExactly(1L, 2L);
    SeriesBackupTest.assertHolds(bed, bed.manifest(1), series.database("day1"));
    SeriesBackupTest.assertHolds(bed, bed.manifest(2), series.database("day1"));
  }

  @Test
  void anotherWriterThatKeepsWinningEndsTheRunWithAConflict() throws Exception {
    Bed rival = bed;
    ObjectStore store = new HookedStore(bed.memory, what -> {
      if (what.startsWith("put manifests/")) {
        rival.backUp(series.database("day1"));
      }
    });
    refusedLeaving(
        RunException.Kind.CONFLICT, series.database("day1"), store, "changed memory:test 5 times");
    assertThat(bed.names("manifests/")).hasSize(Repeats.MAX_LOSSES);
    SeriesBackupTest.assertHolds(bed, bed.manifest(5), series.database("day1"));
  }

  @Test
  void theNewestManifestIsDeletedDuringARun() throws Exception {
    bed.backUp(series.database("day1"));
    ObjectStore store = HookedStore.once(
        bed.memory, "put pages/", what -> bed.memory.delete(List.of(Layout.manifest(1))));
    BackupReport report = bed.backUp(series.database("day2"), store);
    assertThat(report.captures()).isEqualTo(2);
    assertThat(bed.names("manifests/")).containsExactly(Layout.manifest(2).value());
    SeriesBackupTest.assertHolds(bed, bed.manifest(2), series.database("day2"));
  }

  @Test
  void theNewestManifestIsDeletedBetweenItsListingAndItsReading() throws Exception {
    bed.backUp(series.database("day1"));
    bed.backUp(series.database("day1"));
    ObjectStore store = HookedStore.once(
        bed.memory, "read manifests/", what -> bed.memory.delete(List.of(Layout.manifest(2))));
    BackupReport report = bed.backUp(series.database("day2"), store);
    assertThat(report.captures()).isEqualTo(1);
    assertThat(bed.names("manifests/"))
        .containsExactly(Layout.manifest(1).value(), Layout.manifest(3).value());
    SeriesBackupTest.assertHolds(bed, bed.manifest(3), series.database("day2"));
  }

  @Test
  void aManifestThatIsListedAndNeverThereIsAStoreThatCannotBeUsedNow() throws Exception {
    bed.backUp(series.database("day1"));
    Fault gone = Fault.atCall(Verb.READ, 2).as(StoreException.Kind.NOT_FOUND).times(100);
    refused(
        RunException.Kind.STORE_UNAVAILABLE,
        series.database("day1"),
        new FaultyStore(bed.memory, gone),
        "deleting");
  }

  @Test
  void aNumberIsNotUsedAgainAfterTheNewestBackupWasDeleted() throws Exception {
    bed.hints = new Remembered();
    bed.backUp(series.database("day1"));
    bed.backUp(series.database("day1"));
    bed.memory.delete(List.of(Layout.manifest(2)));
    Manifest next = bed.backUp(series.database("day2")).committed().orElseThrow();
    assertThat(next.sequence()).isEqualTo(3);
    assertThat(bed.hints.newest(next.repositoryId())).isEqualTo(3);
  }

  @Test
  void aHintThatIsYearsAheadIsNotBelieved() throws Exception {
    bed.backUp(series.database("day1"));
    bed.hints = new Remembered();
    bed.hints.remember("", Manifest.MAX_SEQUENCE);
    Manifest next = bed.backUp(series.database("day2")).committed().orElseThrow();
    assertThat(next.sequence()).isEqualTo(2);
  }

  @Test
  void aResendToARepositoryThatIsNotThereMakesNone() {
    bed.with(Bed.resend(bed.request, "chunks/chunk-000000.000000-" + "0".repeat(32)));
    refused(RunException.Kind.USAGE, series.database("day1"), bed.memory, "no repository");
    assertThat(bed.memory.contents()).isEmpty();
  }

  @Test
  void aLabelThatWouldSpoilAListIsRefused() throws Exception {
    BackupRequest usual = bed.request;
    for (String label : List.of("", "a\nb", "\u001b[31m", "x".repeat(201), "\ud800")) {
      bed.with(Bed.labelled(usual, label));
      refused(RunException.Kind.USAGE, series.database("day1"), bed.memory, "--label");
    }
    String longest = "é".repeat(200);
    bed.with(Bed.labelled(usual, longest));
    Manifest manifest = bed.backUp(series.database("day1")).committed().orElseThrow();
    assertThat(bed.manifest(1)).isEqualTo(manifest);
    assertThat(manifest.origin().label()).contains(longest);
  }

  /** Half of a character cannot be written in UTF-8: it comes back as a question mark. */
  @Test
  void aManifestThatCannotBeParsedBackIsNotCommitted() {
    bed.agent = new Agent("host\ud800", "test");
    refusedLeaving(RunException.Kind.INTERNAL, series.database("day1"), bed.memory, "manifests/");
    assertThat(bed.names("manifests/")).isEmpty();
  }

  @Test
  void ofThousandsOfFilesThatAreLeftOutTheFirstAreNamed() throws Exception {
    Path database = series.database("day1");
    for (int i = 0; i < Commit.MAX_LEFT_OUT + 50; i++) {
      Files.write(database.resolve("stray" + i + ".tmp"), new byte[1]);
    }
    Manifest manifest = bed.backUp(database).committed().orElseThrow();
    assertThat(manifest.files().leftOut()).hasSize(Commit.MAX_LEFT_OUT + 1);
    assertThat(manifest.files().leftOut().get(Commit.MAX_LEFT_OUT).reason())
        .matches("and \\d+ more");
  }

  @Test
  void anAnswerLostAfterTheManifestWasCreated() throws Exception {
    int puts = putsOfAFirstBackup();
    FaultyStore store = new FaultyStore(bed.memory, Fault.atCall(Verb.PUT, puts).after());
    BackupReport report = bed.backUp(series.database("day1"), store);
    assertThat(store.happened()).isTrue();
    assertThat(report.committed()).contains(bed.manifest(1));
    assertThat(report.captures()).isEqualTo(1);
  }

  @Test
  void anAnswerLostAfterTheManifestWasCreatedAndTriedAgain() throws Exception {
    int puts = putsOfAFirstBackup();
    Fault exists = Fault.atCall(Verb.PUT, puts).after().as(StoreException.Kind.ALREADY_EXISTS);
    BackupReport report = bed.backUp(series.database("day1"), new FaultyStore(bed.memory, exists));
    assertThat(report.committed()).contains(bed.manifest(1));
    assertThat(report.captures()).isEqualTo(1);
  }

  @Test
  void anUnknownFormatVersionIsRefused() throws Exception {
    bed.backUp(series.database("day1"));
    for (ObjectName name : List.of(Layout.REPOSITORY, Layout.manifest(1))) {
      byte[] good = bed.memory.contents().get(name);
      String text = new String(good, StandardCharsets.UTF_8);
      bed.memory.replace(
          name,
          Manifests.redigested(text.replaceFirst("\"coldstream\" : 1", "\"coldstream\" : 2")));
      refused(
          RunException.Kind.REPOSITORY_DAMAGED, series.database("day2"), bed.memory, "format 2");
      bed.memory.replace(name, good);
    }
    bed.backUp(series.database("day2"));
  }

  @Test
  void aManifestWithParentPathsIsRefused() throws Exception {
    bed.backUp(series.database("day1"));
    String text = new String(ManifestJson.write(bed.manifest(1)), StandardCharsets.UTF_8);
    for (String hostile : List.of("../x", "/etc/passwd", "a/../../b")) {
      bed.memory.replace(
          Layout.manifest(1),
          Manifests.redigested(text.replaceFirst("\"active/[^\"]*\"", '"' + hostile + '"')));
      refused(
          RunException.Kind.REPOSITORY_DAMAGED, series.database("day2"), bed.memory, "manifest");
    }
  }

  @Test
  void aPrefixWithForeignObjectsIsRefused() throws Exception {
    bed.memory.replace(new ObjectName("holiday/beach.jpg"), new byte[3]);
    refused(
        RunException.Kind.REPOSITORY_DAMAGED,
        series.database("day1"),
        bed.memory,
        "holiday/beach.jpg");
  }

  @Test
  void aNewRepositoryIsAnnouncedAndBegunWithWhatItIs() throws Exception {
    CountingStore store = new CountingStore(bed.memory);
    BackupReport report = bed.backUp(series.database("day1"), store);
    assertThat(report.newRepository()).isTrue();
    assertThat(bed.warnings("NEW repository")).hasSize(1);
    assertThat(store.log().targets(Verb.PUT).subList(0, 3))
        .containsExactly("RESTORE.txt", "RESTORE.sh", "coldstream.json");
    bed.events.clear();
    assertThat(bed.backUp(series.database("day1")).newRepository()).isFalse();
    assertThat(bed.warnings("NEW repository")).isEmpty();
  }

  @Test
  void aDryRunChangesNothing() throws Exception {
    bed.with(Bed.dryRun(bed.request));
    BackupReport first = bed.backUp(series.database("day1"));
    assertThat(first.committed()).isEmpty();
    assertThat(String.join("\n", first.plan().lines(bytes -> bytes + " bytes")))
        .contains("send", "chunks/chunk-000000.000000-");
    assertThat(bed.memory.contents()).isEmpty();

    bed.with(BackupRequest.of(Bed.URL));
    bed.backUp(series.database("day1"));
    Set<ObjectName> before = bed.memory.names();
    bed.with(Bed.dryRun(bed.request));
    BackupReport second = bed.backUp(series.database("day2"));
    assertThat(bed.memory.names()).isEqualTo(before);
    assertThat(second.plan().bytesToSend())
        .isPositive()
        .isLessThan(second.plan().bytes());
    assertThat(String.join("\n", second.plan().lines(bytes -> bytes + " bytes")))
        .contains("known", "send");
  }

  private int putsOfAFirstBackup() throws Exception {
    try (Bed other = new Bed()) {
      CountingStore store = new CountingStore(other.memory);
      other.backUp(series.database("day1"), store);
      return store.log().count(Verb.PUT);
    }
  }

  /** Refused, with nothing on the store changed. */
  private void refused(RunException.Kind kind, Path database, ObjectStore store, String message) {
    Set<ObjectName> before = bed.memory.names();
    refusedLeaving(kind, database, store, message);
    assertThat(bed.memory.names()).isEqualTo(before);
  }

  private void refusedLeaving(
      RunException.Kind kind, Path database, ObjectStore store, String message) {
    RunException refusal =
        catchThrowableOfType(RunException.class, () -> bed.backUp(database, store));
    assertThat(refusal).isNotNull().hasMessageContaining(message);
    assertThat(refusal.kind()).isEqualTo(kind);
  }
}
