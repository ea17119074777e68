package io.coldstream.core.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.decorate.RetryPolicy;
import io.coldstream.store.decorate.RetryingStore;
import io.coldstream.store.testkit.CountingStore;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import io.coldstream.store.testkit.Verb;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A copy that dies or fails at any call of either store, and the next one. */
class CopyCrashTest {

  private static final int MORE_CALLS_THAN_A_RUN_MAKES = 400;

  /** When during a call the process dies. */
  enum Death {
    BEFORE(Fault::crash),
    AFTER(fault -> fault.after().crash()),
    HALFWAY(fault -> fault.halfway().crash());

    private final UnaryOperator<Fault> fault;

    Death(UnaryOperator<Fault> fault) {
      this.fault = fault;
    }

    Fault at(int call) {
      return fault.apply(Fault.atCall(call));
    }
  }

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

  @ParameterizedTest
  @EnumSource
  void aCopyThatDiesAtAnyCallOfItsTargetIsMadeGoodByTheNext(Death death) throws Exception {
    int call = 1;
    while (dies(death, call, true)) {
      call++;
      assertThat(call).isLessThan(MORE_CALLS_THAN_A_RUN_MAKES);
    }
    assertThat(call).isGreaterThan(60);
  }

  @ParameterizedTest
  @EnumSource
  void aCopyThatDiesAtAnyCallOfItsSourceIsMadeGoodByTheNext(Death death) throws Exception {
    int call = 1;
    while (dies(death, call, false)) {
      call++;
      assertThat(call).isLessThan(MORE_CALLS_THAN_A_RUN_MAKES);
    }
    assertThat(call).isGreaterThan(60);
  }

  private boolean dies(Death death, int call, boolean atTarget) throws Exception {
    bed.target.delete(bed.target.names());
    FaultyStore faulty =
        new FaultyStore(atTarget ? bed.target : bed.source.store(), death.at(call));
    ObjectStore from = atTarget ? bed.source.store() : faulty;
    ObjectStore to = atTarget ? faulty : bed.target;
    Throwable end = catchThrowable(() -> bed.copy(CopyRequest.of(Selection.ALL), from, to));
    if (end != null) {
      assertThat(faulty.happened()).as("the cause of: %s", end).isTrue();
    }
    if (!bed.names("manifests/").isEmpty()) {
      assertThat(bed.verified().counts().backups())
          .isEqualTo(bed.names("manifests/").size());
    }
    Set<ObjectName> there = bed.target.names();

    CountingStore counting = new CountingStore(bed.target);
    bed.copy(CopyRequest.of(Selection.ALL), bed.source.store(), counting).requireGood();

    bed.assertIdentical();
    assertThat(bed.verified().counts().backups()).isEqualTo(3);
    assertThat(counting.log().targets(Verb.PUT))
        .as("sent again after %s of call %d", death, call)
        .doesNotHaveDuplicates()
        .allMatch(name -> !there.contains(new ObjectName(name))
            // Put before coldstream.json, which makes the place a repository.
            || (name.startsWith("RESTORE.") && !there.contains(new ObjectName("coldstream.json"))));
    // A call that fails by itself has no effect to die behind.
    return faulty.calls() >= call;
  }

  @ParameterizedTest
  @EnumSource(
      value = StoreException.Kind.class,
      names = {"ACCESS_DENIED", "REJECTED", "UNAVAILABLE"})
  void aStoreThatFailsEndsTheRunWithItsKindAndNothingHalfVisible(StoreException.Kind kind)
      throws Exception {
    for (boolean atTarget : List.of(true, false)) {
      boolean failed = true;
      for (int call = 1; failed; call++) {
        bed.target.delete(bed.target.names());
        FaultyStore faulty = new FaultyStore(
            atTarget ? bed.target : bed.source.store(), Fault.atCall(call).as(kind));
        ObjectStore from = atTarget ? bed.source.store() : faulty;
        ObjectStore to = atTarget ? faulty : bed.target;
        Throwable end = catchThrowable(() -> bed.copy(CopyRequest.of(Selection.ALL), from, to));
        failed = end != null;
        if (failed) {
          assertThat(end).isInstanceOf(RunException.class);
          assertThat(((RunException) end).kind())
              .as("%s at call %d of the %s: %s", kind, call, atTarget ? "target" : "source", end)
              .isEqualTo(RunException.of(new StoreException(kind, "x", null)).kind());
        }
        if (!bed.names("manifests/").isEmpty()) {
          bed.verified();
        }
      }
    }
  }

  @Test
  void aLostAnswerOfEitherStoreEndsWellBehindRetries() throws Exception {
    RetryPolicy policy =
        new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofDays(1));
    for (boolean atTarget : List.of(true, false)) {
      boolean lost = true;
      for (int call = 1; lost; call++) {
        bed.target.delete(bed.target.names());
        FaultyStore faulty = new FaultyStore(
            atTarget ? bed.target : bed.source.store(), Fault.atCall(call).after());
        ObjectStore retrying = new RetryingStore(faulty, policy, new Random(call), wait -> {});
        bed.copy(
                CopyRequest.of(Selection.ALL),
                atTarget ? bed.source.store() : retrying,
                atTarget ? retrying : bed.target)
            .requireGood();
        lost = faulty.calls() >= call;
        bed.assertIdentical();
      }
    }
  }
}
