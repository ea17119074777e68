package io.coldstream.store.testkit;

import static io.coldstream.store.testkit.Checked.bytes;
import static io.coldstream.store.testkit.Checked.failure;
import static io.coldstream.store.testkit.Checked.name;
import static io.coldstream.store.testkit.Checked.put;
import static io.coldstream.store.testkit.Checked.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A store that is closed, and threads that are interrupted. */
interface LifecycleContract extends StoreUnderTest {

  private static Map<String, Checked.Action> verbs(ObjectStore store) {
    return Map.of(
        "stat", () -> store.stat(name("a")),
        "list", () -> store.list(ObjectPrefix.ALL, ListCursor.START),
        "read", () -> bytes(store, "a", ByteRange.WHOLE, Optional.empty()),
        "put", () -> put(store, "b", "text"),
        "extend", () -> store.extend(name("a"), Instant.parse("2030-01-01T00:00:00Z")),
        "read the lock", () -> store.lockedUntil(name("a")),
        "delete", () -> store.delete(List.of(name("a"))),
        "sweep", () -> store.sweep(ObjectPrefix.ALL, Duration.ofDays(1)));
  }

  @Test
  default void aClosedStoreRefusesEveryVerb() throws Exception {
    ObjectStore store = open();
    put(store, "a", "text");
    store.close();
    verbs(store).forEach((verb, call) -> assertThat(failure(call)).as(verb).isNotNull());
    try (ObjectStore again = open()) {
      assertThat(Checked.names(again)).containsExactly("a");
    }
  }

  @Test
  default void closingTwiceIsHarmless() throws Exception {
    ObjectStore store = open();
    store.close();
    store.close();
    assertThat(failure(() -> store.stat(name("a")))).isNotNull();
  }

  @Test
  default void closingOneStoreLeavesAnotherOpen() throws Exception {
    try (ObjectStore store = open()) {
      put(store, "a", "text");
      open().close();
      assertThat(text(store, "a")).isEqualTo("text");
    }
  }

  @Test
  default void anInterruptIsNeverSwallowed() throws Exception {
    try (ObjectStore store = open()) {
      for (Map.Entry<String, Checked.Action> verb : verbs(store).entrySet()) {
        if (store.stat(name("a")).isEmpty()) {
          put(store, "a", "text");
        }
        Thread.currentThread().interrupt();
        Optional<Kind> kind = Optional.empty();
        try {
          verb.getValue().run();
        } catch (StoreException e) {
          kind = Optional.of(e.kind());
        } catch (IOException e) {
          throw new AssertionError("not the port's exception", e);
        } finally {
          // Cleared before anything else, so that a failure here does not spoil the next test.
          assertThat(Thread.interrupted()).as("the flag after " + verb.getKey()).isTrue();
        }
        // A call that was too quick to be cut off may have been answered.
        assertThat(kind.orElse(Kind.UNAVAILABLE)).as(verb.getKey()).isEqualTo(Kind.UNAVAILABLE);
      }
    }
  }
}
