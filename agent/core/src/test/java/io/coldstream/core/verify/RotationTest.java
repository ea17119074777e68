package io.coldstream.core.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coldstream.core.backup.HookedStore;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.verify.history.Coverage;
import io.coldstream.core.verify.history.VerificationHistory;
import io.coldstream.eventstore.testing.model.Profile;
import io.coldstream.eventstore.testing.model.WriterModel;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.testkit.CountingStore;
import io.coldstream.store.testkit.Crash;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import io.coldstream.store.testkit.Verb;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples rotate: as many runs as their share says have read every object once. */
class RotationTest {

  @TempDir
  Path folder;

  private final List<ObjectName> read = new ArrayList<>();
  private TestVerify verify = new TestVerify();
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

  /** Runs a sample, and notes what it read beside manifests, pages and checkpoints. */
  private VerifyReport sample(SampleSize size) throws RunException {
    CountingStore store = new CountingStore(repository.store());
    try {
      VerifyReport report = verify.run(TestRepository.open(store), VerifyOptions.sample(size));
      report.requireGood();
      return report;
    } finally {
      note(store);
    }
  }

  private void note(CountingStore store) {
    store.log().targets(Verb.READ).stream()
        .map(ObjectName::new)
        .filter(RotationTest::isData)
        .forEach(read::add);
  }

  private static boolean isData(ObjectName name) {
    return Layout.CHUNKS.holds(name) || Layout.INDEX.holds(name) || Layout.ACTIVE.holds(name);
  }

  private List<ObjectName> data() {
    return repository.store().names().stream().filter(RotationTest::isData).toList();
  }

  private long dataBytes() {
    return data().stream()
        .mapToLong(name -> repository.store().contents().get(name).length)
        .sum();
  }

  @ParameterizedTest
  @ValueSource(doubles = {10, 12.5, 30, 33.4, 60, 100})
  void soManyRunsAsTheShareSaysHaveReadEveryObjectOnce(double percent) throws Exception {
    assertThat(data()).hasSizeGreaterThan(12);
    int runs = (int) Math.ceil(100 / percent);
    for (int run = 1; run <= runs; run++) {
      sample(SampleSize.ofPercent(percent));
      assertThat(bytes(read))
          .isGreaterThanOrEqualTo((long) Math.min(dataBytes(), dataBytes() * percent * run / 100));
      if (read.size() == data().size()) {
        break; // an object larger than the share can make a rotation shorter
      }
    }
    assertThat(read).containsExactlyInAnyOrderElementsOf(data());

    read.clear();
    sample(SampleSize.ofPercent(percent));
    assertThat(read.get(0)).isEqualTo(data().get(0));
  }

  private long bytes(List<ObjectName> names) {
    return names.stream()
        .mapToLong(name -> repository.store().contents().get(name).length)
        .sum();
  }

  @Test
  void tenRunsAtTenPercentReadEveryObjectOfEqualSizeOnce() throws Exception {
    for (int run = 0; run < 10; run++) {
      assertThat(Rotation.next(equal(100), CoverageAt.after(run * 10), SampleSize.ofPercent(10))
              .objects())
          .isEqualTo(equal(100).subList(run * 10, run * 10 + 10));
    }
    assertThat(Rotation.next(equal(100), CoverageAt.after(90), SampleSize.ofPercent(10))
            .stretch()
            .through())
        .isEmpty();
  }

  @Test
  void aRotationOfUnequalObjectsTakesAtMostAsManyRunsAsTheShareSays() throws Exception {
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      List<WantedObject> objects = ofLengths(random, 1 + random.nextInt(60));
      int runs = 1 + random.nextInt(20);
      Coverage coverage = Coverage.NONE;
      List<WantedObject> seen = new ArrayList<>();
      int used = 0;
      do {
        Rotation next = Rotation.next(objects, coverage, SampleSize.ofPercent(100.0 / runs));
        seen.addAll(next.objects());
        coverage =
            coverage.continuedAfter(next.stretch().through(), next.stretch().aheadBytes());
        used++;
      } while (coverage.cursor().isPresent());
      assertThat(seen).isEqualTo(objects);
      assertThat(used).isLessThanOrEqualTo(runs);
    }
  }

  private static List<WantedObject> ofLengths(Random random, int count) {
    List<WantedObject> objects = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long length = random.nextInt(10) == 0 ? random.nextInt(100_000) : 1 + random.nextInt(100);
      objects.add(object(i, length));
    }
    return objects;
  }

  private static List<WantedObject> equal(int count) {
    List<WantedObject> objects = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      objects.add(object(i, 1000));
    }
    return objects;
  }

  private static WantedObject object(int i, long length) {
    StoredBytes stored = new StoredBytes(CoverageAt.name(i), length, Sha256.of(new byte[0]));
    return new WantedObject(stored, Optional.empty(), 1, 1);
  }

  /** A cursor in numbered names. */
  private static final class CoverageAt {
    static ObjectName name(int i) {
      return new ObjectName(String.format(Locale.ROOT, "chunks/%06d", i));
    }

    static Coverage after(int count) {
      return Coverage.NONE.continuedAfter(
          count == 0 ? Optional.empty() : Optional.of(name(count - 1)), 0);
    }
  }

  @Test
  void aSampleOfSoManyBytesReadsThemAndAtLeastOneObject() throws Exception {
    sample(SampleSize.ofBytes(1));
    assertThat(read).containsExactly(data().get(0));

    read.clear();
    sample(SampleSize.ofBytes(Long.MAX_VALUE));
    assertThat(read).isEqualTo(data().subList(1, data().size()));
  }

  @Test
  void newBackupsAndRemovedObjectsLeaveTheRotationAsItIs() throws Exception {
    List<ObjectName> before = data();
    for (int run = 0; run < 5; run++) {
      sample(SampleSize.ofPercent(20));
      repository.backUp(day(40));
    }
    // What was added since is larger: the first five runs may not have come to the end.
    while (cursor()) {
      sample(SampleSize.ofPercent(20));
    }
    assertThat(read).doesNotHaveDuplicates().containsAll(before);
  }

  private boolean cursor() throws Exception {
    return new VerificationHistory(repository.open())
        .newest()
        .verification()
        .orElseThrow()
        .coverage()
        .cursor()
        .isPresent();
  }

  @Test
  void anotherMachineContinues() throws Exception {
    sample(SampleSize.ofPercent(50));
    verify = new TestVerify();
    sample(SampleSize.ofPercent(50));

    assertThat(read).containsExactlyInAnyOrderElementsOf(data());
  }

  @Test
  void whatAKilledRunHasReadAndStoredIsNotReadAgain() throws Exception {
    verify.savingAfter(1);
    int deaths = 0;
    for (int call = 1; call < 60; call++) {
      CountingStore counting = new CountingStore(repository.store());
      FaultyStore dying =
          new FaultyStore(counting, Fault.atCall(Verb.READ, call).crash());
      Throwable end = catchThrowable(() ->
          verify.run(TestRepository.open(dying), VerifyOptions.sample(SampleSize.ofPercent(100))));
      note(counting);
      if (end == null) {
        break;
      }
      assertThat(end).isInstanceOf(Crash.class);
      deaths++;
    }
    assertThat(cursor()).isFalse();
    Set<ObjectName> unique = new HashSet<>(read);
    assertThat(unique).containsExactlyInAnyOrderElementsOf(data());
    // Each death costs at most the object that was being read.
    assertThat(deaths).isGreaterThan(15);
    assertThat(read.size() - unique.size()).isLessThanOrEqualTo(deaths);
  }

  @Test
  void anIdentityThatMayNotCreateVerifiesWithOneWarning() throws Exception {
    FaultyStore denying = new FaultyStore(
        repository.store(),
        Fault.atCall(Verb.PUT, 1).as(StoreException.Kind.ACCESS_DENIED).times(1000));
    verify.savingAfter(1);

    VerifyReport report =
        verify.run(TestRepository.open(denying), VerifyOptions.sample(SampleSize.ofPercent(50)));

    report.requireGood();
    assertThat(report.stored()).isEmpty();
    assertThat(verify.warnings())
        .singleElement()
        .satisfies(warning -> assertThat(warning)
            .contains("is not stored", "same share again", "permission to CREATE")
            .contains("verifications/"));
    assertThat(denying.calls(Verb.PUT)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"read chunks/", "read index/"})
  void aSampleThatMayNotReadFailsAndMovesNothing(String denied) throws Exception {
    HookedStore denying = new HookedStore(repository.store(), what -> {
      if (what.startsWith(denied)) {
        throw new StoreException(StoreException.Kind.ACCESS_DENIED, "no", null);
      }
    });

    assertThatThrownBy(() -> verify.run(
            TestRepository.open(denying), VerifyOptions.sample(SampleSize.ofPercent(100))))
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NO_ACCESS));
    assertThat(new VerificationHistory(repository.open()).newest().verification())
        .isEmpty();
  }

  @Test
  void aRunWithoutAnyReadableObjectHasFailed() throws Exception {
    for (ObjectName name : data()) {
      repository.remove(name);
    }

    VerifyReport report =
        verify.run(repository.open(), VerifyOptions.sample(SampleSize.ofPercent(10)));

    assertThat(report.isGood()).isFalse();
    assertThat(report.findings()).isNotEmpty();
  }

  @Test
  void twoSamplesAtOnceMoveTheCursorOnce() throws Exception {
    HookedStore slow = HookedStore.once(
        repository.store(),
        "put verifications/",
        what -> verify.run(repository.open(), VerifyOptions.sample(SampleSize.ofPercent(20))));
    new TestVerify().run(TestRepository.open(slow), VerifyOptions.sample(SampleSize.ofPercent(20)));

    while (cursor()) {
      sample(SampleSize.ofPercent(20));
    }
    assertThat(read).doesNotHaveDuplicates();
    assertThat(new VerificationHistory(repository.open())
            .newest()
            .verification()
            .orElseThrow()
            .of(1)
            .orElseThrow()
            .readSince())
        .isPresent();
  }
}
