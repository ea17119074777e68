package io.coldstream.core.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.RepositoryInfo;
import io.coldstream.core.repository.RepositoryLocation;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.testing.model.Profile;
import io.coldstream.eventstore.testing.model.WriterModel;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.testkit.CountingStore;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import io.coldstream.store.testkit.MemoryStore;
import io.coldstream.store.testkit.Verb;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a verification finds, what it says of it, and that it never praises what it did not see. */
class VerifyTest {

  @TempDir
  Path folder;

  private TestRepository repository;

  @BeforeEach
  void backUpTwice() throws Exception {
    WriterModel model =
        new WriterModel(WriterModel.Settings.of(Profile.V24_10, 5).steady());
    model.run(300);
    model.snapshot().writeTo(folder.resolve("day1"));
    model.run(200);
    model.snapshot().writeTo(folder.resolve("day2"));
    repository = TestRepository.of(folder.resolve("day1"));
    repository.backUp(folder.resolve("day2"));
  }

  private static VerifyReport verify(Repository repository, VerifyOptions options)
      throws RunException {
    return new TestVerify().run(repository, options);
  }

  private VerifyReport verify(VerifyOptions options) throws RunException {
    return verify(repository.open(), options);
  }

  private void assertOneFinding(
      VerifyOptions options, ObjectName object, String fault, Remedy.Action repair)
      throws RunException {
    VerifyReport report = verify(options);
    assertThat(report.isGood()).isFalse();
    assertThat(report.findings()).hasSize(1);
    Finding finding = report.findings().get(0);
    assertThat(finding.object()).isEqualTo(object);
    assertThat(finding.fault()).contains(object.value(), fault);
    assertThat(finding.repair().map(Remedy::action)).hasValue(repair);
    assertThatThrownBy(report::requireGood)
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.VERIFICATION_FAILED))
        .hasMessageContaining(finding.fault());
  }

  @Test
  void aSoundRepositoryHasNoFindings() throws Exception {
    VerifyReport structure = verify(VerifyOptions.structure());
    VerifyReport data = verify(VerifyOptions.data());

    structure.requireGood();
    data.requireGood();
    assertThat(structure.counts().backups()).isEqualTo(2);
    assertThat(structure.counts().objects())
        .isGreaterThan(20)
        .isEqualTo(data.counts().readObjects());
    assertThat(structure.counts().readObjects()).isEqualTo(2 * TestRepository.CHECKPOINTS);
    assertThat(structure.counts().readBytes()).isEqualTo(2 * TestRepository.CHECKPOINTS * 8);
    assertThat(data.counts().readBytes()).isGreaterThan(10_000);
  }

  @Test
  void costsListingsAndNoLookUps() throws Exception {
    CountingStore store = new CountingStore(repository.store());
    verify(TestRepository.open(store), VerifyOptions.structure());

    assertThat(store.count(Verb.STAT)).isZero();
    // Earlier results, manifests, chunks, index, active chunk, checkpoints.
    assertThat(store.count(Verb.LIST)).isEqualTo(6);
    // Its result.
    assertThat(store.count(Verb.PUT)).isEqualTo(1);
    // The repository, two manifests, two pages, and their checkpoints.
    assertThat(store.count(Verb.READ)).isLessThanOrEqualTo(5 + 2 * TestRepository.CHECKPOINTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chunks/", "index/", "active/"})
  void namesAMissingObject(String where) throws Exception {
    ObjectName name = repository.find(where);
    repository.remove(name);

    assertOneFinding(VerifyOptions.structure(), name, "is missing", Remedy.Action.RECHECK);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDamagedPageIsOneFindingWithItsRepairForAllBackupsThatShareIt(boolean missing)
      throws Exception {
    repository.backUp(folder.resolve("day2"));
    ObjectName page = repository.open().manifest(3).files().pages().get(0).object();
    assertThat(repository.open().manifest(2).files().pages().get(0).object()).isEqualTo(page);
    if (missing) {
      repository.remove(page);
    } else {
      repository.flipBit(page);
    }

    VerifyReport report = verify(VerifyOptions.structure());
    assertThat(report.findings()).hasSize(1);
    Finding finding = report.findings().get(0);
    assertThat(finding.fault()).contains(page.value());
    assertThat(finding.repair().map(Remedy::action)).hasValue(Remedy.Action.RECHECK);
    assertThat(List.of(finding.firstBackup(), finding.lastBackup())).containsExactly(2L, 3L);
    assertThatThrownBy(report::requireGood).hasMessageStartingWith("1 fault in 1 backup and ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chunks/", "index/", "active/"})
  void namesAnObjectOfAnotherLength(String where) throws Exception {
    ObjectName name = repository.find(where);
    repository.alter(name, bytes -> Arrays.copyOf(bytes, bytes.length - 1));

    assertOneFinding(
        VerifyOptions.structure(),
        name,
        "bytes long, but the manifest says",
        Remedy.Action.RECHECK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chunks/", "index/", "active/"})
  void namesAnAlteredObjectWhenItReadsData(String where) throws Exception {
    ObjectName name = repository.find(where);
    repository.flipBit(name);

    verify(VerifyOptions.structure()).requireGood();
    assertOneFinding(VerifyOptions.data(), name, "is damaged", Remedy.Action.RESEND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkpoints/", "/direct/"})
  void promisesNoRepairOfCheckpoints(String where) throws Exception {
    ObjectName name = repository.find(where);
    repository.flipBit(name);
    for (VerifyOptions options : List.of(
        VerifyOptions.structure(),
        VerifyOptions.sample(SampleSize.ofPercent(0.1)),
        VerifyOptions.data())) {
      assertNoRepair(verify(options), name, "is damaged", "coldstream restore refuses this backup");
    }
    repository.alter(name, bytes -> new byte[7]);
    assertNoRepair(verify(VerifyOptions.structure()), name, "bytes long", "by hand");
    repository.remove(name);
    assertNoRepair(verify(VerifyOptions.structure()), name, "is missing", "by hand");
    boolean ofNewest =
        name.value().startsWith(repository.open().manifest(2).files().checkpointFolder());
    assertThat(verify(VerifyOptions.structure()).notes())
        .singleElement()
        .asString()
        .contains(
            "checkpoints of backup " + (ofNewest ? 2 : 1) + " are missing",
            "the newest backup with whole checkpoints is " + (ofNewest ? 1 : 2),
            "earlier version or a copy");
  }

  private static void assertNoRepair(VerifyReport report, ObjectName name, String... saying) {
    assertThat(report.findings()).hasSize(1);
    assertThat(report.findings().get(0).object()).isEqualTo(name);
    assertThat(report.findings().get(0).repair()).isEmpty();
    assertThat(report.findings().get(0).fault()).contains(saying);
  }

  @Test
  void anIdentityThatMayNotReadCheckpointsVerifiesTheStructureWithANote() throws Exception {
    // The repository, two manifests and two pages are read before them.
    FaultyStore store = new FaultyStore(
        repository.store(),
        Fault.atCall(Verb.READ, 6).as(StoreException.Kind.ACCESS_DENIED).times(1000));

    VerifyReport report = verify(TestRepository.open(store), VerifyOptions.structure());

    report.requireGood();
    assertThat(report.counts().readObjects()).isZero();
    assertThat(report.notes())
        .singleElement()
        .satisfies(note -> assertThat(note).contains("not compared", "checkpoints/"));
  }

  @Test
  void aRepositoryThatLostItsManifestsIsDamaged() throws Exception {
    repository.remove(Layout.manifest(1));
    repository.remove(Layout.manifest(2));

    assertThatThrownBy(() -> verify(VerifyOptions.structure()))
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REPOSITORY_DAMAGED))
        .hasMessageContaining("no manifest under manifests/");
  }

  @Test
  void aBackupThatIsDeletedMeanwhileIsNoFinding() throws Exception {
    // The repository itself is read first.
    FaultyStore manifestGone = new FaultyStore(
        repository.store(), Fault.atCall(Verb.READ, 2).as(StoreException.Kind.NOT_FOUND));
    // The second run also reads the result of the first.
    FaultyStore pageGone = new FaultyStore(
        repository.store(),
        Fault.atCall(Verb.READ, 4).as(StoreException.Kind.NOT_FOUND).times(2));
    for (FaultyStore store : List.of(manifestGone, pageGone)) {
      VerifyReport report = verify(TestRepository.open(store), VerifyOptions.structure());
      report.requireGood();
      assertThat(report.counts().backups()).isEqualTo(1);
    }
  }

  @Test
  void looksAtOneBackupOnly() throws Exception {
    Manifest second = repository.open().manifest(2);
    ObjectName own = new ObjectName(second.files().checkpointFolder() + "writer.chk");
    repository.remove(own);

    verify(VerifyOptions.structure().ofBackup(1)).requireGood();
    assertThat(verify(VerifyOptions.structure().ofBackup(2)).findings())
        .extracting(Finding::object)
        .containsExactly(own);
    assertThatThrownBy(() -> verify(VerifyOptions.structure().ofBackup(3)))
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE));
  }

  @Test
  void aDamagedManifestIsAFindingAndTheOthersAreChecked() throws Exception {
    repository.flipBit(repository.find("pages/"));

    VerifyReport report = verify(VerifyOptions.structure());

    assertThat(report.findings()).isNotEmpty();
    assertThat(report.counts().backups()).isLessThan(2);
    assertThatThrownBy(report::requireGood).hasMessageContaining("pages/");
  }

  @Test
  void anObjectWithALaterCopyIsANote() throws Exception {
    ObjectName altered = sharedChunk();
    repository.flipBit(altered);
    assertThat(verify(VerifyOptions.data()).isGood()).isFalse();
    repository.backUpAgain(folder.resolve("day2"), altered);

    VerifyReport report = verify(VerifyOptions.data());

    report.requireGood();
    assertThat(report.notes()).hasSize(1);
    assertThat(report.notes().get(0)).contains(altered.value(), "a later backup has another copy");
  }

  /** A chunk that the first and the second backup have. */
  private ObjectName sharedChunk() throws RunException {
    List<FileEntry> first = BackupFiles.read(repository.open(), 1).completed();
    List<FileEntry> second = BackupFiles.read(repository.open(), 2).completed();
    return first.stream()
        .filter(second::contains)
        .findFirst()
        .orElseThrow()
        .objects()
        .get(0)
        .object();
  }

  @Test
  void nothingCheckedIsAFailure() throws Exception {
    MemoryStore empty = new MemoryStore();
    Repository none = new RepositoryLocation(empty, TestRepository.URL)
        .create(new RepositoryInfo("a".repeat(26), Instant.EPOCH, new UUID(1, 2)));

    VerifyReport report = verify(none, VerifyOptions.data());

    assertThat(report.isGood()).isFalse();
    assertThatThrownBy(report::requireGood)
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.VERIFICATION_FAILED))
        .hasMessageContaining("nothing could be checked");
  }

  @Test
  void aStoreThatFailsIsNoFinding() throws Exception {
    for (int n = 2; ; n++) {
      FaultyStore store = new FaultyStore(
          repository.store(),
          Fault.atCall(n).as(StoreException.Kind.ACCESS_DENIED).times(1000));
      try {
        verify(TestRepository.open(store), VerifyOptions.data()).requireGood();
      } catch (RunException e) {
        assertThat(e.kind()).isEqualTo(Kind.NO_ACCESS);
      }
      if (!store.happened()) {
        assertThat(n).isGreaterThan(20);
        break;
      }
    }
  }

  @Test
  void anObjectThatTheStoreReturnsDamagedIsAFinding() throws Exception {
    // An archived object, for instance; behind the repository, its manifests and pages.
    FaultyStore store = new FaultyStore(
        repository.store(), Fault.atCall(Verb.READ, 9).as(StoreException.Kind.CORRUPT));

    VerifyReport report = verify(TestRepository.open(store), VerifyOptions.data());

    assertThat(report.findings())
        .singleElement()
        .satisfies(f -> assertThat(f.fault()).contains("cannot be read as it was stored"));
    assertThat(report.counts().readObjects()).isEqualTo(report.counts().objects());
  }

  @Test
  void aPageThatNoManifestNeedsAndOtherStrangersDoNotCount() throws Exception {
    repository.store().replace(new ObjectName("chunks/stranger"), new byte[3]);
    repository.store().replace(Layout.page(0, Sha256.of(new byte[1])), new byte[3]);

    verify(VerifyOptions.data()).requireGood();
  }
}
