package io.coldstream.store.decorate;

import static io.coldstream.store.decorate.ScriptedStore.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.store.ByteRange;
import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.spi.StoreSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryingStoreTest {

  private final ScriptedStore script = new ScriptedStore();
  private final List<Duration> waits = new ArrayList<>();
  private RetryPolicy policy =
      new RetryPolicy(4, Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMinutes(1));
  private Pause pause = waits::add;

  private RetryingStore store() {
    return new RetryingStore(script, policy, new Random(42), pause);
  }

  private interface Call {
    void on(ObjectStore store) throws StoreException;
  }

  private static final Map<String, Call> VERBS = Map.of(
      "stat", s -> s.stat(NAME),
      "list", s -> s.list(ObjectPrefix.ALL, ListCursor.START),
      "read from 0 of any", s -> s.read(NAME, ByteRange.WHOLE, Optional.empty()),
      "put", s -> s.put(new PutRequest(NAME, Content.of(new byte[0]), Placement.STANDARD)),
      "delete", s -> s.delete(List.of(NAME)),
      "sweep", s -> s.sweep(ObjectPrefix.ALL, Duration.ofDays(1)));

  @Test
  void everyVerbIsTriedAgainWhenUnavailable() throws StoreException {
    for (Map.Entry<String, Call> verb : VERBS.entrySet()) {
      script.calls.clear();
      script.failing(Kind.UNAVAILABLE, Kind.UNAVAILABLE, Kind.UNAVAILABLE);
      verb.getValue().on(store());
      assertThat(script.calls).hasSize(4).containsOnly(verb.getKey());
    }
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "UNAVAILABLE")
  void everyOtherKindIsThrownAtOnce(Kind kind) {
    for (Call verb : VERBS.values()) {
      script.calls.clear();
      StoreException failure = ScriptedStore.failure(kind);
      script.failures.add(failure);
      assertThatThrownBy(() -> verb.on(store())).isSameAs(failure);
      assertThat(script.calls).hasSize(1);
      assertThat(waits).isEmpty();
    }
  }

  @Test
  void theLastFailureIsThrownWithTheEarlierOnes() {
    script.failing(Kind.UNAVAILABLE, Kind.UNAVAILABLE, Kind.UNAVAILABLE, Kind.UNAVAILABLE);
    StoreException last = List.copyOf(script.failures).get(3);
    StoreException thrown = failureOf(s -> s.stat(NAME));
    assertThat(thrown.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(thrown).hasMessageContaining("gave up after 4 attempts").hasCause(last);
    assertThat(thrown.getSuppressed()).hasSize(3);
    assertThat(script.calls).hasSize(4);
    assertThat(waits).hasSize(3);
  }

  @Test
  void aPutWithALostAnswerIsReportedAsAlreadyExisting() {
    script.failing(Kind.UNAVAILABLE, Kind.ALREADY_EXISTS);
    StoreException thrown = failureOf(VERBS.get("put"));
    assertThat(thrown.kind()).isEqualTo(Kind.ALREADY_EXISTS);
    assertThat(thrown.getSuppressed()).hasSize(1);
    assertThat(script.calls).hasSize(2);
  }

  @Test
  void aPutThatAdvancesIsRetriedWithoutLimit() throws StoreException {
    for (long attempt = 1; attempt <= 20; attempt++) {
      script.failing(Kind.UNAVAILABLE);
      // Every third one only.
      script.reached.add(attempt / 3);
    }
    VERBS.get("put").on(store());
    assertThat(script.calls).hasSize(21);
  }

  @Test
  void aPutThatDoesNotAdvanceIsGivenUp() {
    script.failing(Kind.UNAVAILABLE, Kind.UNAVAILABLE, Kind.UNAVAILABLE, Kind.UNAVAILABLE);
    script.reached.addAll(List.of(7L, 7L, 6L, 7L));
    assertThat(failureOf(VERBS.get("put"))).hasMessageContaining("gave up after 4 attempts");
  }

  @Test
  void theSameExceptionCanBeThrownSeveralTimes() {
    StoreException failure = ScriptedStore.failure(Kind.UNAVAILABLE);
    script.failures.addAll(List.of(failure, failure, failure, failure));
    assertThat(failureOf(s -> s.stat(NAME))).hasCause(failure);
  }

  @Test
  void waitsHaveJitterBelowABoundThatDoublesUpToALimit() throws StoreException {
    policy = new RetryPolicy(7, Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofHours(1));
    long[] bounds = {100, 200, 400, 800, 1000, 1000};
    long[] longest = new long[bounds.length];
    long[] shortest = bounds.clone();
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      waits.clear();
      script.failing(kinds(6));
      new RetryingStore(script, policy, random, pause).stat(NAME);
      for (int i = 0; i < bounds.length; i++) {
        longest[i] = Math.max(longest[i], waits.get(i).toMillis());
        shortest[i] = Math.min(shortest[i], waits.get(i).toMillis());
      }
    }
    for (int i = 0; i < bounds.length; i++) {
      assertThat(longest[i]).isBetween(bounds[i] * 8 / 10, bounds[i]);
      assertThat(shortest[i]).isLessThan(bounds[i] / 5);
    }
  }

  @Test
  void retryAfterIsRespectedBeyondTheLongestWait() throws StoreException {
    script.failures.add(asking(Duration.ofSeconds(20)));
    store().stat(NAME);
    assertThat(waits).containsExactly(Duration.ofSeconds(20));
  }

  @Test
  void aRetryAfterBeyondThePatienceEndsTheCallAtOnce() {
    script.failures.add(asking(Duration.ofSeconds(40)));
    script.failures.add(asking(Duration.ofSeconds(21)));
    StoreException thrown = failureOf(s -> s.stat(NAME));
    assertThat(thrown).hasMessageContaining("asks for 21000 ms more");
    assertThat(thrown.retryAfter()).contains(Duration.ofSeconds(21));
    assertThat(waits).containsExactly(Duration.ofSeconds(40));
    assertThat(script.calls).hasSize(2);
  }

  @Test
  void theWaitsOfACallAreLimitedByThePatience() {
    policy =
        new RetryPolicy(100, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(3));
    script.failing(kinds(100));
    failureOf(s -> s.stat(NAME));
    Duration sum = waits.stream().reduce(Duration.ZERO, Duration::plus);
    assertThat(sum).isEqualTo(Duration.ofSeconds(3));
    assertThat(script.calls).hasSizeLessThan(100).hasSizeGreaterThan(3);
  }

  @Test
  void anInterruptedThreadDoesNotRetryAndStaysInterrupted() {
    StoreException failure = ScriptedStore.failure(Kind.UNAVAILABLE);
    script.failures.add(failure);
    Thread.currentThread().interrupt();
    StoreException thrown = failureOf(s -> s.stat(NAME));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(thrown).isSameAs(failure);
    assertThat(script.calls).hasSize(1);
    assertThat(waits).isEmpty();
  }

  @Test
  void anInterruptEndsTheWait() {
    pause = wait -> {
      throw new InterruptedException();
    };
    script.failing(Kind.UNAVAILABLE);
    StoreException thrown = failureOf(s -> s.stat(NAME));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(thrown.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(thrown).hasMessageContaining("interrupted while waiting");
    assertThat(script.calls).hasSize(1);
  }

  @Test
  void theRealPauseIsEndedByAnInterrupt() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Pause.SLEEP.pause(Duration.ofHours(1)))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void thePolicyComesFromTheSettings() throws StoreException {
    RetryPolicy made =
        RetryPolicy.of(StoreSettings.of(Map.of("attempts", "9", "timeout", "40s"), Set.of()));
    assertThat(made.attempts()).isEqualTo(9);
    assertThat(made.patience()).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void closingClosesTheDecoratedStore() {
    store().close();
    assertThat(script.calls).containsExactly("close");
  }

  private StoreException failureOf(Call call) {
    StoreException thrown = catchThrowableOfType(StoreException.class, () -> call.on(store()));
    assertThat(thrown).isNotNull();
    return thrown;
  }

  private static Kind[] kinds(int count) {
    Kind[] kinds = new Kind[count];
    Arrays.fill(kinds, Kind.UNAVAILABLE);
    return kinds;
  }

  private static StoreException asking(Duration wait) {
    return new StoreException(Kind.UNAVAILABLE, "slow down", null, Optional.of(wait));
  }
}
