package io.coldstream.core.prune;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPage;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoredObject;
import io.coldstream.store.SweepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Lets two actors call a store in turns: the first one makes so many calls, then the other one so many,
 * and so on; after the last turn the one whose turn it is goes on to its end. One that has ended gives
 * its turns to the other. So every run with the same turns is the same.
 */
final class Turns {

  private final List<Integer> turns;
  private final Runnable atSwitch;
  private final int[] calls = new int[2];
  private final boolean[] ended = new boolean[2];
  private int turn;
  private int made;

  /**
   * Turns.
   *
   * @param turns how many calls each turn has, the first actor's first
   * @param atSwitch called when the turn changes
   */
  Turns(List<Integer> turns, Runnable atSwitch) {
    this.turns = List.copyOf(turns);
    this.atSwitch = atSwitch;
  }

  /** What an actor does with its store; its failure is not the test's. */
  interface Actor {
    void act(ObjectStore store) throws Exception;
  }

  /** How many calls the two actors made. */
  int[] run(ObjectStore store, Actor first, Actor second) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> one = threads.submit(task(0, store, first));
      Future<?> two = threads.submit(task(1, store, second));
      one.get();
      two.get();
      return calls.clone();
    } finally {
      threads.shutdownNow();
    }
  }

  private Callable<Void> task(int actor, ObjectStore store, Actor act) {
    return () -> {
      try {
        act.act(new TakingTurns(actor, store));
      } finally {
        end(actor);
      }
      return null;
    };
  }

  private synchronized void end(int actor) {
    ended[actor] = true;
    notifyAll();
  }

  private synchronized void begin(int actor) throws InterruptedException {
    while (!isTurn(actor)) {
      wait();
    }
  }

  private boolean isTurn(int actor) {
    while (turn < turns.size() && (made >= turns.get(turn) || ended[turn % 2])) {
      turn++;
      made = 0;
      atSwitch.run();
    }
    return turn % 2 == actor || ended[1 - actor];
  }

  private synchronized void done(int actor) {
    calls[actor]++;
    made++;
    notifyAll();
  }

  private final class TakingTurns implements ObjectStore {
    private final int actor;
    private final ObjectStore store;

    TakingTurns(int actor, ObjectStore store) {
      this.actor = actor;
      this.store = store;
    }

    private interface Call<T> {
      T run() throws StoreException;
    }

    private <T> T call(Call<T> call) throws StoreException {
      try {
        begin(actor);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoreException(StoreException.Kind.UNAVAILABLE, "interrupted", e);
      }
      try {
        return call.run();
      } finally {
        done(actor);
      }
    }

    @Override
    public Optional<StoredObject> stat(ObjectName name) throws StoreException {
      return call(() -> store.stat(name));
    }

    @Override
    public void extend(ObjectName name, Instant until) throws StoreException {
      call(() -> {
        store.extend(name, until);
        return name;
      });
    }

    @Override
    public Optional<Instant> lockedUntil(ObjectName name) throws StoreException {
      return call(() -> store.lockedUntil(name));
    }

    @Override
    public ListPage list(ObjectPrefix prefix, ListCursor from) throws StoreException {
      return call(() -> store.list(prefix, from));
    }

    @Override
    public ObjectContent read(ObjectName name, ByteRange range, Optional<String> version)
        throws StoreException {
      return call(() -> store.read(name, range, version));
    }

    @Override
    public StoredObject put(PutRequest request) throws StoreException {
      return call(() -> store.put(request));
    }

    @Override
    public void delete(Collection<ObjectName> names) throws StoreException {
      call(() -> {
        store.delete(names);
        return null;
      });
    }

    @Override
    public SweepResult sweep(ObjectPrefix prefix, Duration olderThan) throws StoreException {
      return call(() -> store.sweep(prefix, olderThan));
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
