package io.coldstream.store.testkit;

import static io.coldstream.store.testkit.Checked.bytes;
import static io.coldstream.store.testkit.Checked.name;
import static io.coldstream.store.testkit.Checked.put;
import static io.coldstream.store.testkit.Checked.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.decorate.BandwidthLimitedStore;
import io.coldstream.store.decorate.Pause;
import io.coldstream.store.decorate.RateLimit;
import io.coldstream.store.spi.PartMemory;
import io.coldstream.store.spi.StoreTools;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BandwidthLimitedStoreTest {

  private static final int RATE = 10_000;
  private static final Duration TENTH = Duration.ofMillis(100);

  private final MemoryStore memory = new MemoryStore();
  private final FakeTime up = new FakeTime();
  private final FakeTime down = new FakeTime();
  private final BandwidthLimitedStore store =
      new BandwidthLimitedStore(memory, limit(up), limit(down));

  private static RateLimit limit(FakeTime time) {
    return new RateLimit(() -> RATE, time::nanos, time);
  }

  private static void assertTook(FakeTime time, Duration expected) {
    assertThat(time.passed()).isCloseTo(expected, TENTH);
  }

  @Test
  void uploadsAreSlowedInSmallSteps() throws IOException {
    put(store, "a", new RandomSource(1, 5 * RATE));

    assertTook(up, Duration.ofSeconds(5));
    assertThat(up.waits()).hasSizeGreaterThan(40).allMatch(wait -> wait.compareTo(TENTH) <= 0);
    assertThat(down.passed()).isZero();
  }

  @Test
  void downloadsAreSlowed() throws IOException {
    memory.replace(name("a"), new byte[3 * RATE]);
    bytes(store, "a", ByteRange.from(RATE), Optional.empty());

    assertTook(down, Duration.ofSeconds(2));
    assertThat(up.passed()).isZero();
  }

  @Test
  void requestsWithoutContentAreNotSlowed() throws IOException {
    put(store, "a", "");
    store.stat(name("a"));
    store.delete(List.of(name("a")));

    assertThat(up.waits()).isEmpty();
    assertThat(down.waits()).isEmpty();
  }

  @Test
  void idleTimeIsNotCredited() throws IOException {
    put(store, "a", new RandomSource(1, RATE));
    Duration before = up.passed();
    up.pass(Duration.ofHours(1));
    put(store, "b", new RandomSource(2, RATE));

    assertTook(up, before.plusHours(1).plusSeconds(1).minus(TENTH));
  }

  @Test
  void aChangedRateAppliesFromThenOn() throws IOException {
    AtomicLong rate = new AtomicLong(RATE);
    RateLimit changing = new RateLimit(rate::get, up::nanos, up);
    BandwidthLimitedStore paced = new BandwidthLimitedStore(memory, changing, limit(down));
    put(paced, "a", new RandomSource(1, RATE));
    assertTook(up, Duration.ofSeconds(1));
    rate.set(10 * RATE);
    put(paced, "b", new RandomSource(2, 10 * RATE));
    assertTook(up, Duration.ofSeconds(2));
    rate.set(RateLimit.UNLIMITED);
    put(paced, "c", new RandomSource(3, 1000 * RATE));
    assertTook(up, Duration.ofSeconds(2));
  }

  @Test
  void partsThatTheStoreHasAreReadAtFullSpeed() throws IOException {
    RandomSource source = new RandomSource(1, 10 * RATE);
    PartedStore parted = new PartedStore(memory, RATE, StoreTools.NONE);
    ObjectSource breaking = LyingSources.meeting(source, 8 * RATE + 1, () -> {
      throw new InterruptedIOException("stopped");
    });
    refused(Kind.UNAVAILABLE, () -> put(parted, "a", breaking));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(parted.partsOf(name("a"))).isEqualTo(8);

    put(new BandwidthLimitedStore(parted, limit(up), limit(down)), "a", source);

    assertTook(up, Duration.ofSeconds(2));
    Checked.assertHolds(memory, memory.stat(name("a")).orElseThrow(), source);
  }

  @Test
  void partsFromMemoryAreSlowedWhenTheyAreSent() throws IOException {
    StoreTools tools = new StoreTools(Runnable::run, new PartMemory(1 << 20), Optional.empty());
    PartedStore parted = new PartedStore(memory, RATE, tools);

    put(
        new BandwidthLimitedStore(parted, limit(up), limit(down)),
        "a",
        new RandomSource(1, 10 * RATE));

    assertTook(up, Duration.ofSeconds(10));
    assertThat(up.waits()).allMatch(wait -> wait.compareTo(TENTH) <= 0);
  }

  @Test
  void parallelTransfersShareTheRate() throws Exception {
    RateLimit shared = new RateLimit(() -> 4 << 20, System::nanoTime, Pause.SLEEP);
    BandwidthLimitedStore real = new BandwidthLimitedStore(memory, shared, limit(down));
    ExecutorService two = Executors.newFixedThreadPool(2);
    long begun = System.nanoTime();
    try {
      Future<StoredObject> a = two.submit(() -> put(real, "a", new RandomSource(1, 1 << 20)));
      Future<StoredObject> b = two.submit(() -> put(real, "b", new RandomSource(2, 1 << 20)));
      a.get();
      b.get();
    } finally {
      two.shutdownNow();
    }
    // A machine may be slower than asked, but never faster.
    assertThat(System.nanoTime() - begun).isGreaterThan(Duration.ofMillis(250).toNanos());
  }

  @Test
  void anInterruptEndsTheWait() {
    memory.replace(name("a"), new byte[10 * RATE]);
    BandwidthLimitedStore interrupted =
        new BandwidthLimitedStore(memory, interrupting(), interrupting());

    refused(Kind.UNAVAILABLE, () -> bytes(interrupted, "a", ByteRange.WHOLE, Optional.empty()));
    assertThat(Thread.interrupted()).isTrue();
    refused(Kind.UNAVAILABLE, () -> put(interrupted, "b", new RandomSource(1, 10 * RATE)));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(memory.names()).containsExactly(name("a"));
  }

  private static RateLimit interrupting() {
    return new RateLimit(() -> RATE, System::nanoTime, wait -> {
      throw new InterruptedException();
    });
  }
}
