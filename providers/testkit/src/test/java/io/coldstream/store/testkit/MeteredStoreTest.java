package io.coldstream.store.testkit;

import static io.coldstream.store.testkit.Checked.bytes;
import static io.coldstream.store.testkit.Checked.name;
import static io.coldstream.store.testkit.Checked.put;
import static io.coldstream.store.testkit.Checked.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.decorate.MeteredStore;
import io.coldstream.store.decorate.StoreMetrics;
import io.coldstream.store.decorate.StoreMetrics.OfVerb;
import io.coldstream.store.decorate.StoreVerb;
import io.coldstream.store.spi.StoreTools;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeteredStoreTest {

  private final MemoryStore memory = new MemoryStore();
  private final FakeTime time = new FakeTime();
  private final MeteredStore store = new MeteredStore(memory, time::nanos);

  private static OfVerb of(MeteredStore store, StoreVerb verb) {
    return store.metrics().verbs().get(verb);
  }

  @Test
  void withoutCallsNothingIsCounted() {
    assertThat(store.metrics()).isEqualTo(new StoreMetrics(Map.of(), 0, 0));
  }

  @Test
  void eachVerbIsCounted() throws IOException {
    put(store, "a", "0123456789");
    bytes(store, "a", ByteRange.from(6), Optional.empty());
    store.stat(name("a"));
    store.stat(name("b"));
    store.list(ObjectPrefix.ALL, ListCursor.START);
    store.sweep(ObjectPrefix.ALL, Duration.ofDays(1));
    store.extend(name("a"), Instant.EPOCH);
    store.lockedUntil(name("a"));
    store.delete(List.of(name("a"), name("b")));

    StoreMetrics metrics = store.metrics();
    assertThat(metrics.verbs().keySet()).containsExactly(StoreVerb.values());
    assertThat(metrics.verbs().get(StoreVerb.STAT).calls()).isEqualTo(2);
    assertThat(metrics.verbs().get(StoreVerb.DELETE).calls()).isEqualTo(1);
    assertThat(metrics.verbs().values()).allMatch(v -> v.failed() == 0);
    assertThat(metrics.sentBytes()).isEqualTo(10);
    assertThat(metrics.receivedBytes()).isEqualTo(4);
  }

  @Test
  void failuresAreCountedByKind() throws IOException {
    put(store, "a", "x");
    refused(Kind.ALREADY_EXISTS, () -> put(store, "a", "x"));
    refused(Kind.ALREADY_EXISTS, () -> put(store, "a", "x"));
    refused(Kind.NOT_FOUND, () -> bytes(store, "b", ByteRange.WHOLE, Optional.empty()));

    assertThat(of(store, StoreVerb.PUT).calls()).isEqualTo(3);
    assertThat(of(store, StoreVerb.PUT).failures()).isEqualTo(Map.of(Kind.ALREADY_EXISTS, 2L));
    assertThat(of(store, StoreVerb.READ).failures()).isEqualTo(Map.of(Kind.NOT_FOUND, 1L));
  }

  @Test
  void theReceivedBytesOfABrokenReadAreCounted() throws IOException {
    put(memory, "a", new RandomSource(1, 1000));
    FaultyStore faulty = new FaultyStore(memory, Fault.atCall(1).halfway().as(Kind.UNAVAILABLE));
    MeteredStore broken = new MeteredStore(faulty, time::nanos);

    refused(Kind.UNAVAILABLE, () -> bytes(broken, "a", ByteRange.WHOLE, Optional.empty()));

    assertThat(broken.metrics().receivedBytes()).isEqualTo(500);
    assertThat(of(broken, StoreVerb.READ).calls()).isEqualTo(1);
    assertThat(of(broken, StoreVerb.READ).failures()).isEqualTo(Map.of(Kind.UNAVAILABLE, 1L));
  }

  @Test
  void theSentBytesOfABrokenPutAreCounted() throws IOException {
    FaultyStore faulty = new FaultyStore(memory, Fault.atCall(1).halfway().as(Kind.UNAVAILABLE));
    MeteredStore broken = new MeteredStore(faulty, time::nanos);

    refused(Kind.UNAVAILABLE, () -> put(broken, "a", new RandomSource(1, 1000)));
    assertThat(broken.metrics().sentBytes()).isEqualTo(500);
    put(broken, "a", new RandomSource(1, 1000));

    assertThat(broken.metrics().sentBytes()).isEqualTo(1500);
    assertThat(of(broken, StoreVerb.PUT).calls()).isEqualTo(2);
    assertThat(of(broken, StoreVerb.PUT).failures()).isEqualTo(Map.of(Kind.UNAVAILABLE, 1L));
  }

  @Test
  void partsThatTheStoreHasAreNotCountedAsSent() throws IOException {
    RandomSource source = new RandomSource(1, 1000);
    PartedStore parted = new PartedStore(memory, 100, StoreTools.NONE);
    MeteredStore metered = new MeteredStore(parted, time::nanos);
    ObjectSource breaking = LyingSources.meeting(source, 750, () -> {
      throw new InterruptedIOException("stopped");
    });
    refused(Kind.UNAVAILABLE, () -> put(metered, "a", breaking));
    assertThat(Thread.interrupted()).isTrue();
    long before = metered.metrics().sentBytes();
    put(metered, "a", source);

    assertThat(before).isBetween(700L, 750L);
    assertThat(metered.metrics().sentBytes() - before).isEqualTo(300);
  }

  @Test
  void timesAreSummedAndSorted() throws IOException {
    for (Duration took : List.of(
        Duration.ofMillis(5), Duration.ofMillis(6), Duration.ofSeconds(3), Duration.ofHours(1))) {
      put(
          store,
          "n" + took.toMillis(),
          LyingSources.meeting(new RandomSource(1, 10), 5, () -> time.pass(took)));
    }

    OfVerb put = of(store, StoreVerb.PUT);
    assertThat(put.total()).isEqualTo(Duration.ofHours(1).plusMillis(3011));
    assertThat(put.longest()).isEqualTo(Duration.ofHours(1));
    assertThat(put.buckets()).containsExactly(1L, 2L, 2L, 2L, 2L, 3L, 3L, 3L, 4L);
  }
}
