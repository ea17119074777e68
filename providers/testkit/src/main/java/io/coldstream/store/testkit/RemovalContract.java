package io.coldstream.store.testkit;

import static io.coldstream.store.testkit.Checked.assertAbsent;
import static io.coldstream.store.testkit.Checked.assertHolds;
import static io.coldstream.store.testkit.Checked.name;
import static io.coldstream.store.testkit.Checked.names;
import static io.coldstream.store.testkit.Checked.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoredObject;
import io.coldstream.store.SweepResult;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Removing objects, and what interrupted puts left behind. */
interface RemovalContract extends StoreUnderTest {

  @Test
  default void deletingAMissingObjectSucceeds() throws Exception {
    try (ObjectStore store = open()) {
      store.delete(List.of(name("nothing"), name("no/thing")));
      put(store, "a", "text");
      store.delete(List.of(name("nothing"), name("a"), name("a/b")));
      assertAbsent(store, "a");
      store.delete(List.of(name("a")));
    }
  }

  @Test
  default void deletingNoNamesDeletesNothing() throws Exception {
    try (ObjectStore store = open()) {
      put(store, "a", "text");
      store.delete(List.of());
      assertThat(names(store)).containsExactly("a");
    }
  }

  @Test
  default void onlyTheNamedObjectsAreDeleted() throws Exception {
    try (ObjectStore store = open()) {
      for (String name : new String[] {"a", "a/b", "ab", "a-b", "c"}) {
        put(store, name, "text");
      }
      store.delete(Set.of(name("a"), name("c")));
      assertThat(names(store)).containsExactly("a-b", "a/b", "ab");
    }
  }

  @Test
  default void aDeletedNameCanBeCreatedAgain() throws Exception {
    RandomSource source = new RandomSource(2, partSizeBytes() + 1);
    try (ObjectStore store = open()) {
      put(store, "a", new RandomSource(1, 10));
      store.delete(List.of(name("a")));
      assertHolds(store, put(store, "a", source), source);
    }
  }

  @Test
  default void aSweepOfAnEmptyStoreFindsNothing() throws Exception {
    try (ObjectStore store = open()) {
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ZERO)).isEqualTo(new SweepResult(0, 0));
      assertThat(store.sweep(new ObjectPrefix("a/"), Duration.ofDays(7)))
          .isEqualTo(new SweepResult(0, 0));
    }
  }

  @Test
  default void aSweepLeavesObjectsAlone() throws Exception {
    RandomSource source = new RandomSource(2, 2 * partSizeBytes());
    try (ObjectStore store = open()) {
      StoredObject large = put(store, "a/large", source);
      StoredObject small = put(store, "a/small", new RandomSource(3, 10));
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ZERO).removed()).isZero();
      assertThat(store.sweep(new ObjectPrefix("a/"), Duration.ZERO).removed()).isZero();
      assertHolds(store, large, source);
      assertHolds(store, small, new RandomSource(3, 10));
    }
  }
}
