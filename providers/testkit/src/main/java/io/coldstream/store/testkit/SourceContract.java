package io.coldstream.store.testkit;

import static io.coldstream.store.testkit.Checked.assertAbsent;
import static io.coldstream.store.testkit.Checked.assertHolds;
import static io.coldstream.store.testkit.Checked.bytes;
import static io.coldstream.store.testkit.Checked.failure;
import static io.coldstream.store.testkit.Checked.names;
import static io.coldstream.store.testkit.Checked.put;
import static io.coldstream.store.testkit.Checked.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** Sources that lie, break or are cut off: nothing of them becomes visible. */
interface SourceContract extends StoreUnderTest {

  @Test
  default void aSourceThatIsTooShortIsRefused() throws Exception {
    refusesAtEveryLength(length -> LyingSources.tooShort(length, 1));
  }

  @Test
  default void aSourceThatIsEmptyIsRefused() throws Exception {
    refusesAtEveryLength(length -> LyingSources.tooShort(length, length));
  }

  @Test
  default void aSourceThatIsTooLongIsRefused() throws Exception {
    refusesAtEveryLength(length -> LyingSources.tooLong(length, 1));
  }

  @Test
  default void aSourceWithContentThatClaimsToBeEmptyIsRefused() throws Exception {
    refuses(0, LyingSources.tooLong(0, 1));
  }

  @Test
  default void aSourceThatBreaksIsRefused() throws Exception {
    refusesAtEveryLength(length -> LyingSources.breaking(new RandomSource(1, length), length / 2));
  }

  @Test
  default void aSourceThatBreaksAtItsLastByteIsRefused() throws Exception {
    refusesAtEveryLength(length -> LyingSources.breaking(new RandomSource(1, length), length - 1));
  }

  @Test
  default void aSourceThatCannotBeOpenedIsRefused() throws Exception {
    refusesAtEveryLength(LyingSources::unopenable);
  }

  @Test
  default void aContentIsRefusedWhenThePassRefusesAByte() throws Exception {
    refusesAtEveryLength(length -> LyingSources.refusing(new RandomSource(1, length), length / 2));
  }

  @Test
  default void aContentThatThePassDoesNotApproveIsRefused() throws Exception {
    refuses(0, LyingSources.refusing(new RandomSource(1, 0)));
    refusesAtEveryLength(length -> LyingSources.refusing(new RandomSource(1, length)));
  }

  private void refusesAtEveryLength(LongFunction<ObjectSource> source) throws Exception {
    for (long length : new long[] {1000, partSizeBytes(), 2 * partSizeBytes() + 1}) {
      refuses(length, source.apply(length));
    }
  }

  private void refuses(long lengthBytes, ObjectSource source) throws Exception {
    RandomSource good = new RandomSource(2, lengthBytes);
    String name = "lies/" + lengthBytes;
    WatchedSource watched = new WatchedSource(source);
    try (ObjectStore store = open()) {
      put(store, name + "-neighbour", "there");
      StoreException failure = refused(Kind.SOURCE_UNREADABLE, () -> put(store, name, watched));
      assertThat(failure).hasRootCauseInstanceOf(IOException.class);
      assertThat(watched.openStreams()).isZero();
      assertAbsent(store, name);
      assertThat(names(store)).containsExactly(name + "-neighbour");
      assertHolds(store, put(store, name, good), good);
      store.delete(List.of(Checked.name(name), Checked.name(name + "-neighbour")));
    }
  }

  @Test
  default void aSourceThatIsAStoreWhichIsNotAvailableIsUnavailableToo() throws Exception {
    for (long length : new long[] {1000, 2 * partSizeBytes() + 1}) {
      String name = "elsewhere/" + length;
      RandomSource good = new RandomSource(2, length);
      IOException timeout = new InterruptedIOException("connect timed out");
      ObjectSource source = LyingSources.meeting(good, length / 2, () -> {
        throw new StoreException(Kind.UNAVAILABLE, "planned: the source's store is away", timeout);
      });
      try (ObjectStore store = open()) {
        StoreException failure = failure(() -> put(store, name, source));
        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("the source's store is away");
        assertThat(Thread.currentThread().isInterrupted()).as("the flag").isFalse();
        assertAbsent(store, name);
        assertHolds(store, put(store, name, good), good);
        store.delete(List.of(Checked.name(name)));
      }
    }
  }

  @Test
  default void onlyTheBytesThatThePassSawAreStored() throws Exception {
    try (ObjectStore store = open()) {
      for (long length : new long[] {1000, partSizeBytes(), 3 * partSizeBytes() + 1}) {
        String name = "changing/" + length;
        ChangingSource source = new ChangingSource(length);
        try {
          put(store, name, source);
        } catch (StoreException e) {
          assertThat(e.kind()).isEqualTo(Kind.SOURCE_UNREADABLE);
          assertAbsent(store, name);
          continue;
        }
        byte[] stored = bytes(store, name, ByteRange.WHOLE, Optional.empty());
        assertThat(source.approved()).containsExactly(ChangingSource.sha256().digest(stored));
      }
    }
  }

  @Test
  default void aCrashInTheMiddleLeavesNothingVisible() throws Exception {
    for (long length : new long[] {1000, 2 * partSizeBytes() + 1}) {
      RandomSource good = new RandomSource(1, length);
      ObjectSource crashing = LyingSources.meeting(good, length / 2, () -> {
        throw new Crash("reading the source");
      });
      try (ObjectStore store = open()) {
        Throwable crash = catchThrowableOfType(Throwable.class, () -> put(store, "a", crashing));
        assertThat(crash).isNotNull();
      }
      try (ObjectStore later = open()) {
        assertAbsent(later, "a");
        assertHolds(later, put(later, "a", good), good);
        later.delete(List.of(Checked.name("a")));
      }
    }
  }

  @Test
  default void anInterruptedPutEndsSoonAndLeavesNoPartialObject() throws Exception {
    for (long length : new long[] {1000, 4 * partSizeBytes() + 1}) {
      String name = "interrupted/" + length;
      RandomSource good = new RandomSource(1, length);
      try (ObjectStore store = open()) {
        interruptHalfway(store, name, good);
        if (store.stat(Checked.name(name)).isEmpty()) {
          assertAbsent(store, name);
          put(store, name, good);
        }
        assertHolds(store, store.stat(Checked.name(name)).orElseThrow(), good);
      }
    }
  }

  private static void interruptHalfway(ObjectStore store, String name, RandomSource good)
      throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    ObjectSource source = LyingSources.meeting(good, good.lengthBytes() / 2, () -> {
      reached.countDown();
      // Deaf to the interrupt, as a read from a disk is: the store must notice it.
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (interrupted.getCount() > 0 && System.nanoTime() < end) {
        LockSupport.parkNanos(1_000_000);
      }
    });
    AtomicReference<Throwable> outcome = new AtomicReference<>();
    Thread putter = new Thread(
        () -> {
          try {
            StoreException failure = failure(() -> put(store, name, source));
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(Thread.currentThread().isInterrupted()).as("the flag").isTrue();
          } catch (Throwable e) {
            outcome.set(e);
          }
        },
        "interrupted-put");
    putter.start();
    assertThat(reached.await(20, TimeUnit.SECONDS))
        .as("the put reads its source")
        .isTrue();
    putter.interrupt();
    interrupted.countDown();
    putter.join(TimeUnit.SECONDS.toMillis(20));
    assertThat(putter.isAlive()).as("the put still runs").isFalse();
    assertThat(outcome.get()).isNull();
  }
}
