package io.coldstream.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.backup.HookedStore;
import io.coldstream.core.repository.manifest.Manifests;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.verify.history.CheckedBackups;
import io.coldstream.core.verify.history.Depth;
import io.coldstream.core.verify.history.StoredFinding;
import io.coldstream.core.verify.history.Verification;
import io.coldstream.core.verify.history.VerificationHistory;
import io.coldstream.eventstore.testing.model.Profile;
import io.coldstream.eventstore.testing.model.WriterModel;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import io.coldstream.store.testkit.Verb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the newest result says of all runs before it. */
class KnownFactsTest {

  private static final VerifyOptions HALF = VerifyOptions.sample(SampleSize.ofPercent(50));

  @TempDir
  Path folder;

  private final TestVerify verify = new TestVerify();
  private WriterModel model;
  private TestRepository repository;
  private int days;

  @BeforeEach
  void backUpOnce() throws Exception {
    model = new WriterModel(WriterModel.Settings.of(Profile.V24_10, 5).steady());
    repository = TestRepository.of(day(300));
  }

  private Path day(int steps) throws IOException {
    model.run(steps);
    Path day = folder.resolve("day" + ++days);
    model.snapshot().writeTo(day);
    return day;
  }

  private VerifyReport run(VerifyOptions options) throws Exception {
    return verify.run(repository.open(), options);
  }

  private Verification newest() throws Exception {
    return new VerificationHistory(repository.open()).newest().verification().orElseThrow();
  }

  private CheckedBackups of(long backup) throws Exception {
    return newest().of(backup).orElseThrow();
  }

  @Test
  void aBackupIsReadSinceTheOldestOfTheReadingsOfItsBytes() throws Exception {
    Instant first = verify.now();
    run(HALF);
    assertThat(of(1).checked()).isEqualTo(first);
    assertThat(of(1).depth()).isEqualTo(Depth.SAMPLE);
    assertThat(of(1).readSince()).isEmpty();
    assertThat(of(1).unreadBytes()).isPositive();

    Instant second = verify.now();
    run(HALF);
    assertThat(of(1).readSince()).hasValue(first);
    assertThat(of(1).unreadBytes()).isZero();

    Instant third = verify.now();
    run(HALF);
    assertThat(of(1).readSince()).hasValue(second);
    run(VerifyOptions.structure());
    assertThat(of(1).readSince()).hasValue(second);
    assertThat(of(1).depth()).isEqualTo(Depth.STRUCTURE);
    assertThat(of(1).checked()).isAfter(third);

    Instant last = verify.now();
    run(VerifyOptions.data());
    assertThat(of(1).readSince()).hasValue(last);
  }

  @Test
  void aNewBackupIsUnreadUntilTheRotationHasPassedIt() throws Exception {
    Instant begin = verify.now();
    run(VerifyOptions.data());
    repository.backUp(day(100));
    run(VerifyOptions.structure());
    assertThat(of(1).readSince()).hasValue(begin);
    assertThat(of(2).readSince()).isEmpty();
    assertThat(of(2).unreadBytes()).isPositive();

    Instant rotation = verify.now();
    run(HALF);
    run(HALF);
    assertThat(of(2).readSince()).hasValue(rotation);
    assertThat(newest().backups()).hasSize(1);
  }

  @Test
  void whatOneBackupsRunProvedStaysKnown() throws Exception {
    repository.backUp(day(100));
    run(VerifyOptions.structure());
    Instant data = verify.now();
    run(VerifyOptions.data().ofBackup(2));
    run(VerifyOptions.structure());

    assertThat(of(1).readSince()).isEmpty();
    assertThat(of(2).readSince()).hasValue(data);
    run(VerifyOptions.structure().ofBackup(1));
    assertThat(of(2).readSince()).hasValue(data);
  }

  @Test
  void aFaultThatASampleFoundIsReportedUntilItIsRepaired() throws Exception {
    ObjectName altered = repository.find("chunks/");
    byte[] good = repository.store().contents().get(altered).clone();
    repository.flipBit(altered);
    run(VerifyOptions.structure()).requireGood();
    int found = 0;
    for (int i = 0; i < 2; i++) {
      found += run(HALF).findings().size();
    }
    assertThat(found).isPositive();

    for (VerifyOptions options : List.of(HALF, VerifyOptions.structure())) {
      VerifyReport report = run(options);
      assertThat(report.findings()).singleElement().satisfies(f -> {
        assertThat(f.object()).isEqualTo(altered);
        assertThat(f.repair().map(Remedy::action)).hasValue(Remedy.Action.RESEND);
      });
      assertThat(of(1).readSince()).isEmpty();
      assertThat(newest().faults(1)).isEqualTo(1);
    }

    repository.store().replace(altered, good);
    run(VerifyOptions.structure()).requireGood();
    assertThat(newest().faults(1)).isZero();
    assertThat(of(1).unreadBytes()).isZero();
  }

  @Test
  void aFaultThatCannotBeReadAgainStaysAFinding() throws Exception {
    ObjectName altered = repository.find("chunks/");
    repository.flipBit(altered);
    run(VerifyOptions.data());
    HookedStore writer = new HookedStore(repository.store(), what -> {
      if (what.startsWith("read chunks/") || what.startsWith("read checkpoints/")) {
        throw new StoreException(StoreException.Kind.ACCESS_DENIED, "no", null);
      }
    });

    VerifyReport report = verify.run(TestRepository.open(writer), VerifyOptions.structure());

    assertThat(report.findings()).extracting(Finding::object).containsExactly(altered);
    assertThat(report.notes()).hasSize(2).anyMatch(n -> n.contains("was not read again"));
  }

  @Test
  void twoRunsAtOnceLoseNothing() throws Exception {
    repository.backUp(day(100));
    ObjectName altered = repository
        .open()
        .manifest(2)
        .files()
        .activeChunk()
        .orElseThrow()
        .objects()
        .get(0)
        .object();
    repository.flipBit(altered);
    HookedStore slow = HookedStore.once(
        repository.store(),
        "put verifications/",
        what -> run(VerifyOptions.data().ofBackup(2)));

    new TestVerify().run(TestRepository.open(slow), VerifyOptions.structure());

    Verification both = newest();
    assertThat(both.number()).isEqualTo(2);
    assertThat(both.run().depth()).isEqualTo(Depth.STRUCTURE);
    assertThat(both.of(1).orElseThrow().readSince()).isEmpty();
    assertThat(both.findings().listed()).extracting(StoredFinding::object).containsExactly(altered);
  }

  @Test
  void anAnswerThatWasLostStoresNoSecondResult() throws Exception {
    FaultyStore retried = new FaultyStore(
        repository.store(),
        Fault.atCall(Verb.PUT, 1).after().as(StoreException.Kind.ALREADY_EXISTS));

    VerifyReport report = verify.run(TestRepository.open(retried), VerifyOptions.structure());

    assertThat(report.stored()).hasValue(newest());
    assertThat(newest().number()).isEqualTo(1);
  }

  @Test
  void aDamagedResultIsANoteAndTheOneBeforeItCounts() throws Exception {
    Instant begin = verify.now();
    run(VerifyOptions.data());
    run(VerifyOptions.structure());
    ObjectName second = new ObjectName("verifications/results/000000000002.json");
    repository.flipBit(second);

    VerifyReport report = run(VerifyOptions.structure());

    report.requireGood();
    assertThat(report.notes())
        .singleElement()
        .satisfies(note -> assertThat(note).contains(second.value(), "no backup depends on it"));
    assertThat(newest().number()).isEqualTo(3);
    assertThat(of(1).readSince()).hasValue(begin);
  }

  @Test
  void aResultOfALaterFormatIsNotContinued() throws Exception {
    run(VerifyOptions.data());
    repository.alter(
        new ObjectName("verifications/results/000000000001.json"),
        bytes -> Manifests.redigested(new String(bytes, StandardCharsets.UTF_8)
            .replace("\"coldstream\" : 1", "\"coldstream\" : 2")));

    VerifyReport report = run(VerifyOptions.structure());

    report.requireGood();
    assertThat(report.stored()).isEmpty();
    assertThat(verify.warnings())
        .singleElement()
        .satisfies(warning -> assertThat(warning).contains("says format 2", "is not stored"));
  }

  @Test
  void aResultOfAnotherRepositoryIsIgnored() throws Exception {
    run(VerifyOptions.data());
    byte[] foreign = repository
        .store()
        .contents()
        .get(new ObjectName("verifications/results/000000000001.json"));
    TestRepository other = TestRepository.of(folder.resolve("day1"));
    other.store().replace(new ObjectName("verifications/results/000000000001.json"), foreign);

    VerifyReport report = verify.run(other.open(), VerifyOptions.structure());

    assertThat(report.notes()).singleElement().asString().contains("another repository");
    assertThat(report.stored().orElseThrow().of(1).orElseThrow().readSince()).isEmpty();
  }

  @Test
  void aRemovedBackupIsForgottenByTheNextRunOfAll() throws Exception {
    repository.backUp(day(100));
    run(VerifyOptions.data());
    repository.remove(new ObjectName("manifests/000000000001.json"));
    run(VerifyOptions.structure());

    assertThat(newest().of(1)).isEmpty();
    assertThat(newest().of(2).flatMap(CheckedBackups::readSince)).isPresent();
  }

  @Test
  void whatABackupNeededThatCouldNotBeReadCountsAsUnread() throws Exception {
    ObjectName page = repository.open().manifest(1).files().pages().get(0).object();
    repository.backUp(day(100));
    byte[] good = repository.store().contents().get(page).clone();
    repository.flipBit(page);
    run(VerifyOptions.data());
    assertThat(newest().of(1)).isEmpty();

    repository.store().replace(page, good);
    verify.wait(Duration.ofDays(1));
    run(VerifyOptions.structure()).requireGood();

    assertThat(of(1).readSince()).isEqualTo(Optional.empty());
    assertThat(of(2).readSince()).isPresent();
  }

  @Test
  void aResultIsStoredAlsoWhenNoBackupCanBeRead() throws Exception {
    repository.flipBit(repository.find("pages/"));
    run(VerifyOptions.data());

    assertThat(newest().backups()).isEmpty();
    assertThat(newest().faults(1)).isEqualTo(1);
  }
}
