package io.coldstream.store.testkit;

import static io.coldstream.store.testkit.Checked.assertHolds;
import static io.coldstream.store.testkit.Checked.failure;
import static io.coldstream.store.testkit.Checked.name;
import static io.coldstream.store.testkit.Checked.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Locks, for a store in whose place they can be set; a place that cannot has tests of its own for what
 * it refuses. What is locked here stays locked for a while, in the mode that can be lifted.
 */
public interface LockContract extends StoreUnderTest {

  private static Instant in(Duration time) {
    return Clock.systemUTC().instant().plus(time).truncatedTo(ChronoUnit.SECONDS);
  }

  private static StoredObject putLocked(
      ObjectStore store, String name, RandomSource source, Instant until) throws StoreException {
    return store.put(new PutRequest(name(name), source, Placement.STANDARD).withLock(until));
  }

  /**
   * An object is locked from its first moment, sent at once or in parts.
   *
   * @throws Exception fails the test
   */
  @Test
  default void aPutLocksItsObject() throws Exception {
    Instant until = in(Duration.ofMinutes(10));
    RandomSource small = new RandomSource(1, 10);
    RandomSource large = new RandomSource(2, 2 * partSizeBytes() + 1);
    try (ObjectStore store = open()) {
      StoredObject first = putLocked(store, "a/small", small, until);
      StoredObject second = putLocked(store, "a/large", large, until);
      assertThat(store.lockedUntil(first.name())).contains(until);
      assertThat(store.lockedUntil(second.name())).contains(until);
      assertHolds(store, first, small);
      assertHolds(store, second, large);
      assertThat(store.stat(second.name())).contains(second);
    }
  }

  /**
   * A put without a lock locks nothing.
   *
   * @throws Exception fails the test
   */
  @Test
  default void anObjectWithoutALockHasNone() throws Exception {
    try (ObjectStore store = open()) {
      put(store, "a", "text");
      assertThat(store.lockedUntil(name("a"))).isEmpty();
    }
  }

  /**
   * A lock gets longer, and an object without one gets one.
   *
   * @throws Exception fails the test
   */
  @Test
  default void aLockIsExtended() throws Exception {
    Instant first = in(Duration.ofMinutes(10));
    Instant second = in(Duration.ofMinutes(20));
    try (ObjectStore store = open()) {
      StoredObject locked = putLocked(store, "locked", new RandomSource(1, 10), first);
      put(store, "unlocked", "text");
      for (String one : List.of("locked", "unlocked")) {
        store.extend(name(one), second);
        assertThat(store.lockedUntil(name(one))).as(one).contains(second);
      }
      assertThat(store.stat(locked.name())).contains(locked);
    }
  }

  /**
   * An earlier end is refused, or changes nothing.
   *
   * @throws Exception fails the test
   */
  @Test
  default void aLockIsNeverMadeShorter() throws Exception {
    Instant until = in(Duration.ofMinutes(20));
    try (ObjectStore store = open()) {
      putLocked(store, "a", new RandomSource(1, 10), until);
      try {
        store.extend(name("a"), in(Duration.ofMinutes(10)));
      } catch (StoreException e) {
        assertThat(e.kind()).isIn(Kind.ACCESS_DENIED, Kind.LOCKED);
      }
      assertThat(store.lockedUntil(name("a"))).contains(until);
    }
  }

  /**
   * An object that is missing is told as such.
   *
   * @throws Exception fails the test
   */
  @Test
  default void aMissingObjectCannotBeLocked() throws Exception {
    try (ObjectStore store = open()) {
      put(store, "a", "text");
      assertThat(
              failure(() -> store.extend(name("b"), in(Duration.ofMinutes(10)))).kind())
          .isEqualTo(Kind.NOT_FOUND);
      assertThat(failure(() -> store.lockedUntil(name("b"))).kind()).isEqualTo(Kind.NOT_FOUND);
    }
  }

  /**
   * A removal is refused, or hides the object and keeps its bytes; what is not locked is removed.
   *
   * @throws Exception fails the test
   */
  @Test
  default void aLockedObjectOutlivesItsRemoval() throws Exception {
    RandomSource source = new RandomSource(1, 10);
    try (ObjectStore store = open()) {
      StoredObject locked = putLocked(store, "a", source, in(Duration.ofMinutes(10)));
      put(store, "b", "text");
      Optional<Kind> refusal = Optional.empty();
      try {
        store.delete(List.of(name("a"), name("b")));
      } catch (StoreException e) {
        refusal = Optional.of(e.kind());
      }
      assertThat(store.stat(name("b"))).isEmpty();
      if (refusal.isPresent()) {
        assertThat(refusal).contains(Kind.LOCKED);
        assertHolds(store, locked, source);
      } else {
        assertThat(keptBytes(locked)).isEqualTo(source.lengthBytes());
      }
    }
  }

  /**
   * Looks for the bytes of an object that was removed while it was locked.
   *
   * @param removed what was removed
   * @return how many bytes an older version has; a store that refuses to remove is not asked
   * @throws Exception when it cannot be looked for
   */
  default long keptBytes(StoredObject removed) throws Exception {
    throw new AssertionError(removed + " is gone, and its older versions are unknown");
  }
}
