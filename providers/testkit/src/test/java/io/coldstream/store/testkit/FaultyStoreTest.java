package io.coldstream.store.testkit;

import static io.coldstream.store.testkit.Checked.bytes;
import static io.coldstream.store.testkit.Checked.name;
import static io.coldstream.store.testkit.Checked.names;
import static io.coldstream.store.testkit.Checked.put;
import static io.coldstream.store.testkit.Checked.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.decorate.RetryPolicy;
import io.coldstream.store.decorate.RetryingStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultyStoreTest {

  private final MemoryStore memory = new MemoryStore();

  @Test
  void onlyThePlannedCallFails() throws StoreException {
    FaultyStore store = new FaultyStore(memory, Fault.atCall(Verb.PUT, 2));
    put(store, "a", "x");
    names(store);
    assertThat(store.happened()).isFalse();
    refused(Kind.UNAVAILABLE, () -> put(store, "b", "x"));
    put(store, "b", "x");
    assertThat(store.calls(Verb.PUT)).isEqualTo(3);
    assertThat(store.calls()).isEqualTo(4);
    assertThat(store.faultsMet()).isEqualTo(1);
  }

  @Test
  void aFaultOfAnyVerbCountsAllCalls() throws StoreException {
    FaultyStore store = new FaultyStore(memory, Fault.atCall(3).times(2));
    put(store, "a", "x");
    names(store);
    refused(Kind.UNAVAILABLE, () -> store.stat(name("a")));
    refused(Kind.UNAVAILABLE, () -> store.delete(List.of(name("a"))));
    assertThat(store.stat(name("a"))).isPresent();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aCallFailsWithThePlannedKind(Kind kind) {
    Fault fault = Fault.atCall(Verb.PUT, 1).as(kind).retryAfter(Duration.ofSeconds(3));
    for (Fault moment : List.of(fault, fault.halfway(), fault.after())) {
      FaultyStore store = new FaultyStore(new MemoryStore(), moment);
      StoreException failure = refused(kind, () -> put(store, "a", new RandomSource(1, 100)));
      assertThat(failure.retryAfter()).contains(Duration.ofSeconds(3));
    }
  }

  @Test
  void aFaultBeforeHasNoEffectAndAFaultAfterHas() throws StoreException {
    FaultyStore store = new FaultyStore(
        memory, Fault.atCall(Verb.PUT, 1), Fault.atCall(Verb.PUT, 2).after());
    refused(Kind.UNAVAILABLE, () -> put(store, "a", "x"));
    assertThat(memory.contents()).isEmpty();
    refused(Kind.UNAVAILABLE, () -> put(store, "a", "x"));
    assertThat(memory.contents()).hasSize(1);
    refused(Kind.ALREADY_EXISTS, () -> put(store, "a", "x"));
  }

  @Test
  void aPutBreaksHalfwayThroughItsSource() {
    FaultyStore store = new FaultyStore(memory, Fault.atCall(Verb.PUT, 1).halfway());
    WatchedSource source = new WatchedSource(new RandomSource(1, 1001));
    refused(Kind.UNAVAILABLE, () -> put(store, "a", source));
    assertThat(source.readBytes()).isEqualTo(500);
    assertThat(source.approvals()).isZero();
    assertThat(memory.contents()).isEmpty();
  }

  @Test
  void aReadBreaksHalfwayThroughItsRange() throws IOException {
    FaultyStore store = new FaultyStore(memory, Fault.atCall(Verb.READ, 1).halfway());
    put(store, "a", "0123456789");
    try (ObjectContent content = store.read(name("a"), ByteRange.of(2, 8), Optional.empty())) {
      assertThat(content.stream().readNBytes(4)).asString().isEqualTo("2345");
      refused(Kind.UNAVAILABLE, () -> content.stream().read());
    }
  }

  @Test
  void aCrashEndsEveryLaterCallAndEveryOpenBody() throws IOException {
    put(memory, "old", "0123456789");
    FaultyStore store =
        new FaultyStore(memory, Fault.atCall(Verb.PUT, 1).halfway().crash());
    ObjectContent open = store.read(name("old"), ByteRange.WHOLE, Optional.empty());
    assertThatThrownBy(() -> put(store, "a", new RandomSource(1, 100))).isInstanceOf(Crash.class);
    assertThatThrownBy(() -> names(store)).isInstanceOf(Crash.class);
    assertThatThrownBy(() -> put(store, "b", "x")).isInstanceOf(Crash.class);
    assertThatThrownBy(() -> open.stream().read()).isInstanceOf(Crash.class);
    assertThat(memory.contents()).containsOnlyKeys(name("old"));
    assertThat(memory.unfinished()).containsExactly(name("a"));
    assertThat(store.faultsMet()).isEqualTo(1);
  }

  @Test
  void everyCallCanBeFailedInTurn() throws StoreException {
    int n = 1;
    while (true) {
      MemoryStore fresh = new MemoryStore();
      FaultyStore store = new FaultyStore(fresh, Fault.atCall(n).crash());
      try {
        put(store, "a", "x");
        put(store, "b", "x");
        names(store);
      } catch (Crash e) {
        assertThat(fresh.contents()).hasSize(n - 1);
      }
      if (!store.happened()) {
        break;
      }
      n++;
    }
    assertThat(n).isEqualTo(4);
  }

  @Test
  void eachAttemptAtAPutHasAPassOfItsOwnThatSeesEveryByte() throws IOException {
    RandomSource content = new RandomSource(1, 1000);
    WatchedSource source = new WatchedSource(content);
    FaultyStore store = new FaultyStore(
        memory,
        Fault.atCall(Verb.PUT, 1).halfway(),
        Fault.atCall(Verb.PUT, 2),
        Fault.atCall(Verb.READ, 1).halfway());
    try (ObjectStore retrying = retrying(store)) {
      put(retrying, "a", source);
      assertThat(bytes(retrying, "a", ByteRange.WHOLE, Optional.empty()))
          .isEqualTo(content.bytes());
    }
    assertThat(source.passedBytes()).containsExactly(500L, 1000L);
    assertThat(source.approvals()).isEqualTo(1);
    assertThat(store.calls(Verb.READ)).isEqualTo(2);
  }

  @Test
  void aCrashIsNeverRetried() {
    FaultyStore store = new FaultyStore(memory, Fault.atCall(1).crash());
    assertThatThrownBy(() -> put(retrying(store), "a", "x")).isInstanceOf(Crash.class);
    assertThat(store.calls()).isEqualTo(1);
  }

  @Test
  void memoryStoreKeepsUnfinishedUploadsForASweep() throws StoreException {
    memory.leaveUnfinished(name("chunks/a"), Instant.EPOCH);
    memory.leaveUnfinished(name("index/a"), Instant.EPOCH);
    assertThat(memory.sweep(new ObjectPrefix("chunks/"), Duration.ofDays(1)).removed())
        .isEqualTo(1);
    assertThat(memory.unfinished()).containsExactly(name("index/a"));
    assertThat(memory.sweep(ObjectPrefix.ALL, Duration.ofDays(1_000_000)).found())
        .isZero();
  }

  @Test
  void anObjectOfAMemoryStoreCanBeDamaged() throws IOException {
    String before = put(memory, "a", "x").version();
    memory.replace(name("a"), new byte[] {9});
    assertThat(memory.stat(name("a")).orElseThrow().version()).isNotEqualTo(before);
    assertThat(memory.list(ObjectPrefix.ALL, ListCursor.START).objects()).hasSize(1);
    assertThat(bytes(memory, "a", ByteRange.WHOLE, Optional.empty())).containsExactly(9);
  }

  private static RetryingStore retrying(ObjectStore store) {
    RetryPolicy policy =
        new RetryPolicy(4, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(1));
    return new RetryingStore(store, policy, new Random(1), wait -> {});
  }
}
