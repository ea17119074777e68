package io.coldstream.store.testkit;

import static io.coldstream.store.testkit.Checked.assertAbsent;
import static io.coldstream.store.testkit.Checked.assertHolds;
import static io.coldstream.store.testkit.Checked.name;
import static io.coldstream.store.testkit.Checked.names;
import static io.coldstream.store.testkit.Checked.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutListener;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.SweepResult;
import io.coldstream.store.spi.OncePass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Puts that died in the middle, and what a later process makes of what they left: never a wrong byte,
 * and not everything once more.
 */
interface ResumeContract extends StoreUnderTest {

  /** After everything that was just left behind. */
  Duration EVERYTHING = Duration.ofMinutes(-1);

  /** The progress of an earlier put, as reported to a later one. */
  record Resumed(int partsThere, int parts) {}

  /** Records what it receives; used by one thread. */
  final class Told implements PutListener {
    private final List<Resumed> all = new ArrayList<>();

    @Override
    public void resumed(int partsThere, int parts) {
      all.add(new Resumed(partsThere, parts));
    }
  }

  private RandomSource content(long seed) {
    return new RandomSource(seed, 3 * partSizeBytes() + 7);
  }

  /** Puts until the source has given so many bytes, and all parts before are stored; then dies. */
  private void die(ObjectSource content, long atByte) throws Exception {
    ObjectSource crashing = LyingSources.meeting(content, atByte, () -> {
      TestTools.awaitPartsOfThisThread();
      throw new Crash("reading the source");
    });
    ObjectStore dying = open();
    Throwable end =
        catchThrowableOfType(Throwable.class, () -> put(dying, crashing, PutListener.NONE));
    assertThat(end).as("what the put ended with").isNotNull();
    dying.close();
  }

  private static StoredObject put(ObjectStore store, ObjectSource source, PutListener listener)
      throws StoreException {
    return store.put(new PutRequest(name("chunks/a"), source, Placement.BULK, listener));
  }

  @Test
  default void aPutThatDiedIsResumedByAnotherProcess() throws Exception {
    RandomSource content = content(1);
    int parts = (int) OncePass.sections(content.lengthBytes(), partSizeBytes());
    for (long atByte : new long[] {2 * partSizeBytes() + 10, content.lengthBytes() - 1}) {
      die(content, atByte);
      Told told = new Told();
      try (ObjectStore store = open()) {
        assertAbsent(store, "chunks/a");
        assertHolds(store, put(store, content, told), content);
        store.delete(List.of(name("chunks/a")));
      }
      int complete = (int) (atByte / partSizeBytes());
      if (resumes()) {
        assertThat(told.all).hasSize(1);
        assertThat(told.all.get(0).parts()).isEqualTo(parts);
        assertThat(told.all.get(0).partsThere()).isBetween(complete - 1, parts);
      } else {
        assertThat(told.all).isEmpty();
      }
    }
  }

  @Test
  default void aPutThatDiedTwiceIsResumed() throws Exception {
    RandomSource content = content(1);
    die(content, partSizeBytes() + 10);
    die(content, 2 * partSizeBytes() + 10);
    Told told = new Told();
    try (ObjectStore store = open()) {
      assertHolds(store, put(store, content, told), content);
      assertThat(store.sweep(ObjectPrefix.ALL, EVERYTHING).found())
          .as("the first one's leftovers were the second one's")
          .isLessThanOrEqualTo(resumes() ? 0 : 2);
    }
    assertThat(told.all).hasSize(resumes() ? 1 : 0);
  }

  @Test
  default void partsOfAnotherContentAreNeverUsed() throws Exception {
    RandomSource content = content(1);
    die(content(2), 2 * partSizeBytes() + 10);
    Told told = new Told();
    try (ObjectStore store = open()) {
      assertHolds(store, put(store, content, told), content);
    }
    assertThat(told.all).isEmpty();
  }

  @Test
  default void partsOfAContentWithTheSameStartAreNeverMixedIn() throws Exception {
    // The second part differs in its second half only.
    SplicedSource content =
        new SplicedSource(content(1), content(2), partSizeBytes() + partSizeBytes() / 2);
    die(content(1), 2 * partSizeBytes() + 10);
    Told told = new Told();
    try (ObjectStore store = open()) {
      assertHolds(store, put(store, content, told), content);
    }
    assertThat(told.all.stream().filter(t -> t.partsThere() > 1)).isEmpty();
  }

  @Test
  default void partsOfAContentOfAnotherLengthAreNeverMixedIn() throws Exception {
    for (long length : new long[] {partSizeBytes() + 1, 3 * partSizeBytes() + 8}) {
      RandomSource content = new RandomSource(1, length);
      die(content(1), 2 * partSizeBytes() + 10);
      try (ObjectStore store = open()) {
        assertHolds(store, put(store, content, PutListener.NONE), content);
        store.delete(List.of(name("chunks/a")));
      }
    }
  }

  @Test
  default void anotherPartSizeMakesTheSameObject() throws Exception {
    RandomSource content = content(1);
    die(content, 2 * partSizeBytes() + 10);
    try (ObjectStore store = openWithPartSize("p", 2 * partSizeBytes())) {
      assertHolds(store, put(store, content, PutListener.NONE), content);
      assertThat(names(store)).containsExactly("chunks/a");
    }
  }

  @Test
  default void twoPutsThatResumeAtOnceMakeOneObject() throws Exception {
    RandomSource content = content(1);
    die(content, 2 * partSizeBytes() + 10);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    CyclicBarrier start = new CyclicBarrier(2);
    List<StoredObject> stored = new ArrayList<>();
    try {
      Callable<StoredObject> put = () -> {
        try (ObjectStore store = open()) {
          start.await();
          return put(store, content, PutListener.NONE);
        }
      };
      for (Future<StoredObject> one : threads.invokeAll(List.of(put, put))) {
        outcome(one).ifPresent(stored::add);
      }
    } finally {
      threads.shutdownNow();
    }
    try (ObjectStore store = open()) {
      if (stored.isEmpty() && store.stat(name("chunks/a")).isEmpty()) {
        put(store, content, PutListener.NONE);
      }
      assertThat(names(store)).containsExactly("chunks/a");
      StoredObject held = store.stat(name("chunks/a")).orElseThrow();
      assertThat(stored).allSatisfy(one -> assertThat(one).isEqualTo(held));
      assertHolds(store, held, content);
    }
  }

  private static Optional<StoredObject> outcome(Future<StoredObject> put) throws Exception {
    try {
      return Optional.of(put.get());
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(StoreException.class);
      assertThat(((StoreException) e.getCause()).kind())
          .as("%s", e.getCause())
          .isIn(Kind.ALREADY_EXISTS, Kind.UNAVAILABLE);
      return Optional.empty();
    }
  }

  @Test
  default void aRefusedPutLeavesNothingToResume() throws Exception {
    RandomSource content = content(1);
    die(content, 2 * partSizeBytes() + 10);
    Told told = new Told();
    try (ObjectStore store = open()) {
      refused(
          Kind.SOURCE_UNREADABLE,
          () -> put(store, LyingSources.refusing(content), PutListener.NONE));
      assertAbsent(store, "chunks/a");
      assertHolds(store, put(store, content, told), content);
    }
    assertThat(told.all).isEmpty();
  }

  @Test
  default void aSweepRemovesUnfinishedUploads() throws Exception {
    RandomSource content = content(1);
    die(content, 2 * partSizeBytes() + 10);
    Told told = new Told();
    try (ObjectStore store = open()) {
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ofDays(1)))
          .as("what is young stays")
          .isEqualTo(new SweepResult(0, 0));
      SweepResult swept = store.sweep(ObjectPrefix.ALL, EVERYTHING);
      assertThat(swept).isEqualTo(new SweepResult(1, 1));
      assertThat(store.sweep(ObjectPrefix.ALL, EVERYTHING).found()).isZero();
      assertHolds(store, put(store, content, told), content);
      assertThat(store.stat(name("chunks/a"))).isNotEqualTo(Optional.empty());
    }
    assertThat(told.all).isEmpty();
  }
}
