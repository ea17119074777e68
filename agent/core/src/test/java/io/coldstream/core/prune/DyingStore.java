package io.coldstream.core.prune;

import io.coldstream.core.backup.HookedStore;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.testkit.Crash;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** A store at whose n-th call, and every later one, the process is dead. */
final class DyingStore {

  private final ObjectStore store;

  DyingStore(ObjectStore store, int call) {
    AtomicInteger calls = new AtomicInteger();
    this.store = new HookedStore(store, what -> {
      if (calls.incrementAndGet() >= call) {
        throw new Crash(what);
      }
    });
  }

  ObjectStore store() {
    return store;
  }

  /** {@return whether the run died} */
  boolean kills(Callable<?> run) throws Exception {
    try {
      run.call();
      return false;
    } catch (Crash e) {
      return true;
    }
  }
}
