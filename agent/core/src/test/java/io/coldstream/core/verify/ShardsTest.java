package io.coldstream.core.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coldstream.core.backup.HookedStore;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.support.work.Shard;
import io.coldstream.core.verify.history.Verification;
import io.coldstream.core.verify.history.VerificationHistory;
import io.coldstream.eventstore.testing.model.Profile;
import io.coldstream.eventstore.testing.model.WriterModel;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.testkit.CountingStore;
import io.coldstream.store.testkit.Crash;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import io.coldstream.store.testkit.Verb;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of a divided run have together the result of a run that is not divided. */
class ShardsTest {

  private static final int SHARDS = 8;

  @TempDir
  Path folder;

  private WriterModel model;
  private TestRepository repository;
  private int days;

  @BeforeEach
  void backUpTwice() throws Exception {
    model = new WriterModel(WriterModel.Settings.of(Profile.V24_10, 5).steady());
    repository = TestRepository.of(day(300));
    repository.backUp(day(200));
  }

  private Path day(int steps) throws IOException {
    model.run(steps);
    Path day = folder.resolve("day" + ++days);
    model.snapshot().writeTo(day);
    return day;
  }

  private static VerifyOptions shard(int index, int count) {
    return VerifyOptions.data().ofShard(new RunShard("night", new Shard(index, count)));
  }

  /** One process: its clock stands still, so that results can be compared. */
  private static VerifyReport run(ObjectStore store, VerifyOptions options) throws RunException {
    return new TestVerify().run(TestRepository.open(store), options);
  }

  private VerifyReport run(VerifyOptions options) throws RunException {
    return run(repository.store(), options);
  }

  private Optional<Verification> newest() throws Exception {
    return new VerificationHistory(repository.open()).newest().verification();
  }

  /** What a run says of the backups, without which run it was. */
  private static Verification facts(Verification whole) {
    return new Verification(
        1,
        whole.repository(),
        new Verification.Run(
            whole.run().time(),
            whole.run().author(),
            whole.run().depth(),
            whole.run().backup(),
            Optional.empty(),
            whole.run().complete()),
        whole.counts(),
        whole.coverage(),
        List.of(),
        whole.backups(),
        whole.findings());
  }

  private Verification undivided() throws Exception {
    Verification single = run(VerifyOptions.data()).stored().orElseThrow();
    repository.remove(new ObjectName("verifications/results/000000000001.json"));
    return facts(single);
  }

  @RepeatedTest(6)
  void eightPartsThatAreKilledAtRandomHaveTheResultOfOneRun(RepetitionInfo turn) throws Exception {
    Random random = new Random(turn.getCurrentRepetition());
    if (turn.getCurrentRepetition() % 2 == 0) {
      repository.flipBit(repository.find("chunks/"));
      repository.remove(repository.find("index/"));
      repository.flipBit(repository.find("active/"));
      repository.flipBit(repository.find("pages/"));
    }
    Verification single = undivided();
    List<Integer> left = new ArrayList<>();
    for (int shard = 1; shard <= SHARDS; shard++) {
      left.add(shard);
    }
    int deaths = 0;
    while (!left.isEmpty()) {
      Collections.shuffle(left, random);
      Fault death = Fault.atCall(1 + random.nextInt(35));
      FaultyStore dying = new FaultyStore(
          repository.store(),
          (random.nextBoolean() ? death.after() : random.nextBoolean() ? death.halfway() : death)
              .crash());
      Throwable end = catchThrowable(() -> run(dying, shard(left.get(0), SHARDS)));
      if (end == null) {
        left.remove(0);
      } else {
        assertThat(end).isInstanceOf(Crash.class);
        deaths++;
      }
    }
    assertThat(deaths).isPositive();

    Verification whole = newest().orElseThrow();
    assertThat(facts(whole)).isEqualTo(single);
    assertThat(whole.joined()).containsExactly("night");
    assertThat(whole.number()).isEqualTo(1);
    assertThat(repository.store().names())
        .filteredOn(name -> name.value().startsWith("verifications/results/"))
        .hasSize(1);
  }

  @Test
  void onlyTheLastPartJoinsAndReportsTheWhole() throws Exception {
    VerifyReport first = run(shard(1, 2));
    assertThat(first.stored()).isEmpty();
    assertThat(first.shard().orElseThrow().missing()).containsExactly(2);
    assertThat(newest()).isEmpty();

    VerifyReport second = run(shard(2, 2));
    second.requireGood();
    assertThat(second.shard().orElseThrow().missing()).isEmpty();
    assertThat(second.stored()).isEqualTo(newest());
    assertThat(second.counts().readObjects()).isEqualTo(second.counts().objects());
    assertThat(first.counts().readObjects()).isBetween(1L, second.counts().objects() - 1);
  }

  @Test
  void aRepeatedPartReadsNothingAgain() throws Exception {
    run(shard(1, 2));
    CountingStore counting = new CountingStore(repository.store());

    VerifyReport again = run(counting, shard(1, 2));

    assertThat(again.shard().orElseThrow().earlier()).isTrue();
    assertThat(counting.log().targets(Verb.READ))
        .noneMatch(name -> name.startsWith(Layout.CHUNKS.value()));
  }

  @Test
  void ofTwoThatJoinAtOnceOneWinsAndTheOtherSeesIt() throws Exception {
    run(shard(1, 2));
    run(shard(2, 2));
    ObjectName result = new ObjectName("verifications/results/000000000001.json");
    repository.remove(result);
    HookedStore slow =
        HookedStore.once(repository.store(), "put " + result, what -> run(shard(1, 2)));

    VerifyReport late = new TestVerify().on("slow").run(TestRepository.open(slow), shard(2, 2));

    late.requireGood();
    assertThat(late.stored()).isEmpty();
    assertThat(late.shard().orElseThrow().missing()).isEmpty();
    assertThat(newest().orElseThrow().number()).isEqualTo(1);
    assertThat(newest().orElseThrow().run().author().host()).isEqualTo("host");
  }

  @Test
  void aBackupBetweenThePartsIsNotInTheirResult() throws Exception {
    run(shard(1, 2));
    repository.backUp(day(100));
    VerifyReport whole = run(shard(2, 2));

    assertThat(whole.counts().backups()).isEqualTo(2);
    assertThat(whole.stored().orElseThrow().of(2)).isPresent();
    assertThat(whole.stored().orElseThrow().of(3)).isEmpty();
  }

  @Test
  void partsOfAnotherDivisionAreRefused() throws Exception {
    run(shard(1, 2));

    assertThatThrownBy(() -> run(shard(1, 3)))
        .isInstanceOfSatisfying(RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE))
        .hasMessageContainingAll("run \"night\"", "2 shards of all backups", "--run");
    assertThatThrownBy(() -> run(shard(1, 2).ofBackup(1))).hasMessageContaining("all backups");
  }

  @Test
  void anIdThatComesAgainAfterAWeekIsRefused() throws Exception {
    run(shard(1, 2));
    TestVerify later = new TestVerify().wait(Duration.ofDays(8));

    assertThatThrownBy(() -> later.run(repository.open(), shard(1, 2)))
        .isInstanceOfSatisfying(RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE))
        .hasMessageContainingAll("more than 7 days ago", "--run");
  }

  @Test
  void whoMayNotCreateIsRefusedBeforeAnythingIsRead() throws Exception {
    CountingStore counting = new CountingStore(repository.store());
    FaultyStore denying =
        new FaultyStore(counting, Fault.atCall(Verb.PUT, 1).as(StoreException.Kind.ACCESS_DENIED));

    assertThatThrownBy(() -> run(denying, shard(1, 2)))
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NO_ACCESS))
        .hasMessageContainingAll("verifications/", "permission to CREATE");
    assertThat(counting.count(Verb.READ)).isLessThan(3);
  }

  @Test
  void morePartsThanObjectsAreAllRight() throws Exception {
    for (int shard = 1; shard <= 60; shard++) {
      run(shard(shard, 60)).requireGood();
    }
    assertThat(newest().orElseThrow().counts().readObjects())
        .isEqualTo(newest().orElseThrow().counts().objects());
  }
}
