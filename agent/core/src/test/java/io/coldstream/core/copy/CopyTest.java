package io.coldstream.core.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.copy.CopiedBackup.Outcome;
import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.RepositoryLocation;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.ManifestJson;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.support.work.Workers;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.testkit.CallLog.Edge;
import io.coldstream.store.testkit.CountingStore;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import io.coldstream.store.testkit.Verb;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a copy sends, and what it refuses. */
class CopyTest {

  @TempDir
  Path temp;

  private CopyBed bed;

  @BeforeEach
  void backUp() throws Exception {
    bed = new CopyBed(temp);
  }

  @AfterEach
  void end() {
    bed.close();
  }

  private static List<Outcome> outcomes(CopyReport report) {
    return report.backups().stream().map(CopiedBackup::outcome).toList();
  }

  private void refused(Kind kind, Selection selection, String... saying) {
    assertThatThrownBy(() -> bed.copy(selection))
        .isInstanceOfSatisfying(RunException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .satisfies(e -> assertThat(e.getMessage()).contains(saying));
  }

  @Test
  void theNewestBackupIsCopiedUnlessAnotherIsNamed() throws Exception {
    CopyReport report = bed.copy(Selection.NEWEST);

    report.requireGood();
    assertThat(report.plan().newRepository()).isTrue();
    assertThat(report.backups()).containsExactly(CopiedBackup.of(3, Outcome.COPIED));
    assertThat(bed.names("manifests/")).containsExactly(Layout.manifest(3).value());
    assertThat(bed.verified().counts().backups()).isEqualTo(1);
    assertThat(report.sent().objects()).isEqualTo(bed.target.names().size() - 4);
    bed.target
        .contents()
        .forEach((name, bytes) -> assertThat(bytes)
            .as(name.value())
            .isEqualTo(bed.source.store().contents().get(name)));

    assertThat(bed.copy(Selection.of(1)).backups())
        .containsExactly(CopiedBackup.of(1, Outcome.COPIED));
    assertThat(bed.verified().counts().backups()).isEqualTo(2);
  }

  @Test
  void everyBackupIsCopiedByteForByteTheNewestFirst() throws Exception {
    CopyReport report = bed.copy(Selection.ALL);

    assertThat(report.backups()).extracting(CopiedBackup::sequence).containsExactly(3L, 2L, 1L);
    assertThat(report.count(Outcome.COPIED)).isEqualTo(3);
    bed.assertIdentical();
    assertThat(bed.verified().counts().backups()).isEqualTo(3);
  }

  @Test
  void aSecondCopySendsNothingAndWritesNothing() throws Exception {
    bed.copy(Selection.ALL);
    CountingStore counting = new CountingStore(bed.target);

    CopyReport again = bed.copy(CopyRequest.of(Selection.ALL), bed.source.store(), counting);

    again.requireGood();
    assertThat(again.count(Outcome.PRESENT)).isEqualTo(3);
    assertThat(again.sent().objects()).isZero();
    assertThat(again.plan().presentObjects()).isGreaterThan(20);
    assertThat(counting.count(Verb.PUT)).isZero();
  }

  @Test
  void theNextCopySendsOnlyWhatIsNew() throws Exception {
    bed.copy(Selection.NEWEST);
    bed.source.backUp(bed.day(4));
    Set<ObjectName> before = bed.target.names();

    CopyReport report = bed.copy(Selection.NEWEST);

    Set<ObjectName> added = new TreeSet<>(bed.target.names());
    added.removeAll(before);
    assertThat(report.sent().objects()).isEqualTo(added.size() - 1).isPositive();
    assertThat(report.plan().presentObjects()).isPositive();
    bed.verified();
  }

  @Test
  void whatTheTargetHasLostIsSentAgain() throws Exception {
    bed.copy(Selection.ALL);
    List<ObjectName> lost = List.of(
        bed.source.find("chunks/"), bed.source.find("pages/"), bed.source.find("checkpoints/"));
    bed.target.delete(lost);

    CopyReport report = bed.copy(Selection.ALL);

    assertThat(report.sent().objects()).isEqualTo(lost.size());
    bed.assertIdentical();
  }

  @Test
  void objectsGoByGroupsAndTheManifestLast() throws Exception {
    CountingStore counting = new CountingStore(bed.target);
    bed.copy(CopyRequest.of(Selection.NEWEST), bed.source.store(), counting);

    List<String> puts = counting.log().targets(Verb.PUT);
    List<String> order = List.of(
        "RESTORE.txt",
        "RESTORE.sh",
        "coldstream.json",
        "checkpoints/",
        "index/",
        "chunks/",
        "active/",
        "pages/",
        "manifests/");
    int lastEnd = -1;
    for (String group : order) {
      List<String> members =
          puts.stream().filter(name -> name.startsWith(group)).toList();
      assertThat(members).as(group).isNotEmpty();
      for (String name : members) {
        assertThat(counting.log().position(Verb.PUT, name, Edge.START))
            .as(name)
            .isGreaterThan(lastEnd);
      }
      lastEnd = members.stream()
          .mapToInt(name -> counting.log().position(Verb.PUT, name, Edge.END))
          .max()
          .getAsInt();
    }
  }

  @Test
  void aDryRunAsksAndSendsNothing() throws Exception {
    CountingStore counting = new CountingStore(bed.target);

    CopyReport report = bed.copy(CopyRequest.of(Selection.ALL).dry(), bed.source.store(), counting);

    assertThat(counting.count(Verb.PUT)).isZero();
    assertThat(outcomes(report)).containsOnly(Outcome.PLANNED);
    assertThat(report.plan().toSend()).hasSizeGreaterThan(20);
    assertThat(report.plan().lines(bytes -> bytes + " B"))
        .contains("backup 3", "backup 1")
        .anyMatch(line -> line.contains("chunks/"));
  }

  @Test
  void anAlteredObjectFailsItsBackupsAndNoOthers() throws Exception {
    ObjectName own = ownChunk(3);
    bed.source.flipBit(own);

    CopyReport report = bed.copy(Selection.ALL);

    assertThat(outcomes(report)).containsExactly(Outcome.DAMAGED, Outcome.COPIED, Outcome.COPIED);
    assertThat(report.faults()).extracting(CopyFault::object).containsExactly(own);
    assertThat(report.faults().get(0).repair().orElseThrow().action())
        .isEqualTo(Remedy.Action.RESEND);
    assertThat(bed.names("manifests/"))
        .containsExactly(Layout.manifest(1).value(), Layout.manifest(2).value());
    assertThat(bed.target.names()).doesNotContain(own);
    assertThat(bed.verified().counts().backups()).isEqualTo(2);
    // Everything else of the damaged backup is there.
    assertThat(bed.copy(CopyRequest.of(Selection.ALL).dry(), bed.source.store(), bed.target)
            .plan()
            .toSend())
        .extracting(StoredBytes::object)
        .containsExactly(own);
    assertThatThrownBy(report::requireGood)
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REPOSITORY_DAMAGED))
        .hasMessageContaining("backup 3")
        .hasMessageContaining(own.value());
  }

  @Test
  void anObjectThatWasSentAgainReplacesADamagedOne() throws Exception {
    ObjectName own = ownChunk(3);
    bed.source.flipBit(own);
    bed.source.backUpAgain(bed.day(3), own);

    bed.copy(Selection.of(3)).requireGood();

    assertThat(bed.warnings()).anyMatch(w -> w.contains(own.value() + " is damaged"));
    assertThat(bed.verified().counts().backups()).isEqualTo(1);
    assertThat(bed.target.names()).contains(own);
  }

  @Test
  void aMissingObjectFailsItsBackup() throws Exception {
    ObjectName own = ownChunk(3);
    bed.source.remove(own);

    CopyReport report = bed.copy(Selection.NEWEST);

    assertThat(outcomes(report)).containsExactly(Outcome.DAMAGED);
    assertThat(report.faults().get(0).fault()).contains(own.value(), "is missing");
    assertThat(bed.names("manifests/")).isEmpty();
  }

  /** A chunk that only one of the first three backups has. */
  private ObjectName ownChunk(long sequence) throws Exception {
    Set<ObjectName> own = chunks(sequence);
    for (long other = 1; other <= 3; other++) {
      if (other != sequence) {
        own.removeAll(chunks(other));
      }
    }
    return own.iterator().next();
  }

  private Set<ObjectName> chunks(long sequence) throws Exception {
    Set<ObjectName> names = new TreeSet<>();
    BackupFiles.read(bed.source.open(), sequence)
        .completed()
        .forEach(file -> file.objects().forEach(object -> names.add(object.object())));
    return names;
  }

  @Test
  void aDamagedManifestNamesAnotherBackupAndDoesNotKeepTheOthers() throws Exception {
    bed.source.flipBit(Layout.manifest(3));

    assertThatThrownBy(() -> bed.copy(Selection.NEWEST))
        .isInstanceOfSatisfying(RunException.class, e -> {
          assertThat(e.kind()).isEqualTo(Kind.REPOSITORY_DAMAGED);
          assertThat(e.remedies())
              .extracting(Remedy::action, Remedy::argument)
              .containsExactly(Tuple.tuple(Remedy.Action.OTHER_BACKUP, "2"));
        });
    CopyReport report = bed.copy(Selection.ALL);
    assertThat(report.backups()).extracting(CopiedBackup::sequence).containsExactly(2L, 1L, 3L);
    assertThat(outcomes(report)).containsExactly(Outcome.COPIED, Outcome.COPIED, Outcome.DAMAGED);
    assertThatThrownBy(report::requireGood).hasMessageContaining("backup 3");
    assertThat(bed.verified().counts().backups()).isEqualTo(2);
  }

  @Test
  void aTornObjectAtTheTargetIsNamedAndCopiedOnceItIsDeletedThere() throws Exception {
    bed.copy(Selection.NEWEST);
    ObjectName name = bed.chunkOf(3);
    bed.target.delete(List.of(Layout.manifest(3)));
    bed.target.replace(name, Arrays.copyOf(bed.source.store().contents().get(name), 5));

    CopyReport report = bed.copy(Selection.NEWEST);

    assertThat(outcomes(report)).containsExactly(Outcome.DAMAGED);
    assertThat(report.faults().get(0).fault())
        .contains(name.value(), "5 bytes long at the target", "delete it there");
    assertThat(report.faults().get(0).repair()).isEmpty();
    assertThat(bed.names("manifests/")).isEmpty();

    bed.target.delete(List.of(name));
    bed.copy(Selection.NEWEST).requireGood();
    bed.verified();
  }

  @Test
  void aBackupIsRefusedIfAnotherOneHasItsNumberAtTheTarget() throws Exception {
    bed.copy(Selection.NEWEST);
    backUpIntoTheCopy(4);
    bed.source.backUp(bed.day(4));

    refused(Kind.CONFLICT, Selection.NEWEST, "backup 4", "made into both", "empty prefix");
    refused(Kind.CONFLICT, Selection.ALL, "backup 4");
    assertThat(bed.verified().counts().backups()).isEqualTo(2);
  }

  @Test
  void aBackupIsRefusedIfTheTargetHasLaterOnesThatTheRepositoryHasNot() throws Exception {
    bed.copy(Selection.of(2));
    backUpIntoTheCopy(4);
    bed.target.replace(Layout.manifest(4), renumbered(3, 4));
    bed.target.delete(List.of(Layout.manifest(3)));

    refused(Kind.CONFLICT, Selection.NEWEST, "has backup 4", "lacks backup 3");
    // An older one belongs to the history that both share.
    bed.copy(Selection.of(1)).requireGood();
  }

  private byte[] renumbered(long from, long to) throws Exception {
    Manifest manifest =
        new RepositoryLocation(bed.target, CopyBed.TARGET_URL).open().manifest(from);
    return ManifestJson.write(new Manifest(
        to,
        manifest.repositoryId(),
        manifest.origin(),
        manifest.log(),
        manifest.forkedFrom(),
        manifest.files(),
        manifest.totals()));
  }

  /** A copy is the same repository: a backup continues in it, and what it adds can be copied back. */
  @Test
  void aBackupContinuesInTheCopyAndIsCopiedBack() throws Exception {
    bed.copy(Selection.ALL);
    backUpIntoTheCopy(4);

    CopyRun.run(
            CopyRequest.of(Selection.ALL),
            new CopyParts(
                new RepositoryLocation(bed.target, CopyBed.TARGET_URL).open(),
                new RepositoryLocation(bed.source.store(), TestRepository.URL),
                new Workers(Runnable::run, 1),
                event -> {},
                Clock.systemUTC()))
        .requireGood();

    bed.assertIdentical();
    assertThat(bed.source.open().newest()).isEqualTo(4);
    assertThat(bed.verified().counts().backups()).isEqualTo(4);
  }

  private void backUpIntoTheCopy(int day) throws Exception {
    TestRepository.in(bed.target).backUp(bed.day(day));
  }

  @Test
  void anotherDatabaseOrRepositoryAtTheTargetIsRefused() throws Exception {
    TestRepository.in(bed.target).backUp(bed.day(1));
    refused(Kind.CONFLICT, Selection.NEWEST, "another repository of the same database");

    bed.target.delete(bed.target.names());
    Path other = Fixture.unpack("fresh-" + Fixtures.NEWEST, temp).database();
    TestRepository.in(bed.target).backUp(other);
    refused(Kind.CONFLICT, Selection.NEWEST, "another database");

    bed.target.delete(bed.target.names());
    bed.target.replace(new ObjectName("precious"), new byte[1]);
    refused(Kind.REPOSITORY_DAMAGED, Selection.NEWEST, "precious");
  }

  @Test
  void aRepositoryWithoutThatBackupIsRefused() throws Exception {
    refused(Kind.USAGE, Selection.of(9), "no backup 9");
    assertThat(bed.target.names()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRefusedPermissionNamesItsSideAndTheRoleThatItNeeds(boolean atTarget) {
    FaultyStore denying = new FaultyStore(
        atTarget ? bed.target : bed.source.store(),
        Fault.atCall(atTarget ? Verb.PUT : Verb.READ, 4)
            .as(StoreException.Kind.ACCESS_DENIED)
            .times(1000));

    assertThatThrownBy(() -> bed.copy(
            CopyRequest.of(Selection.NEWEST),
            atTarget ? bed.source.store() : denying,
            atTarget ? denying : bed.target))
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NO_ACCESS))
        .hasMessageContaining(
            atTarget ? "the target refused" : "the repository that is copied refused")
        .hasMessageContaining("doctor --expect " + (atTarget ? "writer" : "restorer"));
  }
}
