package io.coldstream.store.testkit;

import static io.coldstream.store.testkit.Checked.assertHolds;
import static io.coldstream.store.testkit.Checked.name;
import static io.coldstream.store.testkit.Checked.put;
import static io.coldstream.store.testkit.Checked.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Creating objects: whole, only if the name is free, of every length. */
interface PutContract extends StoreUnderTest {

  @Test
  default void anEmptyObjectIsStored() throws Exception {
    storesAndShowsThePassEveryByte(0);
  }

  @Test
  default void anObjectOfOneByteIsStored() throws Exception {
    storesAndShowsThePassEveryByte(1);
  }

  @Test
  default void anObjectOfExactlyOnePartIsStored() throws Exception {
    storesAndShowsThePassEveryByte(partSizeBytes());
  }

  @Test
  default void anObjectOfOnePartAndOneByteIsStored() throws Exception {
    storesAndShowsThePassEveryByte(partSizeBytes() + 1);
  }

  @Test
  default void anObjectOfSeveralPartsIsStored() throws Exception {
    storesAndShowsThePassEveryByte(3 * partSizeBytes() + 7);
  }

  @Test
  default void anObjectOfExactlyTwoPartsIsStored() throws Exception {
    storesAndShowsThePassEveryByte(2 * partSizeBytes());
  }

  private void storesAndShowsThePassEveryByte(long lengthBytes) throws Exception {
    RandomSource source = new RandomSource(lengthBytes, lengthBytes);
    WatchedSource watched = new WatchedSource(source);
    try (ObjectStore store = open()) {
      StoredObject stored = put(store, "chunks/a", watched);
      assertThat(stored.name()).isEqualTo(name("chunks/a"));
      assertHolds(store, stored, source);
    }
    // The pass of a RandomSource refuses any byte out of its order.
    assertThat(watched.passedBytes()).containsExactly(lengthBytes);
    assertThat(watched.approvals()).isEqualTo(1);
    assertThat(watched.openStreams()).isZero();
  }

  @Test
  default void anObjectOfEveryPlacementIsStored() throws Exception {
    try (ObjectStore store = open()) {
      for (Placement placement : Placement.values()) {
        ObjectName name = name("use/" + placement);
        RandomSource source = new RandomSource(3, 1000);
        assertHolds(store, store.put(new PutRequest(name, source, placement)), source);
      }
    }
  }

  @Test
  default void anotherConnectionSeesAnObjectAtOnce() throws Exception {
    RandomSource source = new RandomSource(4, 1000);
    try (ObjectStore store = open();
        ObjectStore other = open()) {
      assertHolds(other, put(store, "a", source), source);
    }
  }

  @Test
  default void anExistingNameIsRefusedAndItsObjectUntouched() throws Exception {
    long[] lengths = {0, 5, partSizeBytes(), 2 * partSizeBytes() + 1};
    try (ObjectStore store = open()) {
      for (long first : lengths) {
        RandomSource source = new RandomSource(5, first);
        StoredObject stored = put(store, "taken/" + first, source);
        for (long second : lengths) {
          refused(
              Kind.ALREADY_EXISTS, () -> put(store, "taken/" + first, new RandomSource(6, second)));
        }
        assertHolds(store, stored, source);
      }
    }
  }

  @Test
  default void theSameContentUnderAnExistingNameIsRefusedToo() throws Exception {
    try (ObjectStore store = open()) {
      put(store, "a", "same");
      refused(Kind.ALREADY_EXISTS, () -> put(store, "a", "same"));
    }
  }

  @Test
  default void oneOfEightWritersOfASmallObjectWins() throws Exception {
    race(1000);
  }

  @Test
  default void oneOfEightWritersOfALargeObjectWins() throws Exception {
    race(partSizeBytes() + 1);
  }

  private void race(long lengthBytes) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    CyclicBarrier start = new CyclicBarrier(8);
    try (ObjectStore store = open()) {
      List<Future<StoredObject>> puts = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        RandomSource source = new RandomSource(i, lengthBytes);
        puts.add(threads.submit(() -> {
          start.await();
          return put(store, "manifests/000000000001.json", source);
        }));
      }
      int winners = 0;
      for (int i = 0; i < 8; i++) {
        try {
          StoredObject stored = puts.get(i).get();
          winners++;
          assertHolds(store, stored, new RandomSource(i, lengthBytes));
        } catch (ExecutionException e) {
          assertThat(e.getCause()).isInstanceOf(StoreException.class);
          // Some services answer the losers of a close race with "busy".
          assertThat(((StoreException) e.getCause()).kind())
              .isIn(Kind.ALREADY_EXISTS, Kind.UNAVAILABLE);
        }
      }
      assertThat(winners).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  default void manyThreadsCreateManyObjects() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (ObjectStore store = open()) {
      List<Future<StoredObject>> puts = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        RandomSource source = new RandomSource(i, 100L * i);
        String name = "folder-" + i % 3 + "/deeper/" + i;
        puts.add(threads.submit(() -> put(store, name, source)));
      }
      for (int i = 0; i < 24; i++) {
        assertHolds(store, puts.get(i).get(), new RandomSource(i, 100L * i));
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
