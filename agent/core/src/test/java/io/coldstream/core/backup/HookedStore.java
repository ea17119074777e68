package io.coldstream.core.backup;

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
import io.coldstream.store.testkit.Crash;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A store before whose calls something happens, or that then fails. */
public final class HookedStore implements ObjectStore {

  /** What happens. */
  @FunctionalInterface
  public interface Hook {
    void before(String what) throws Exception;
  }

  private final ObjectStore store;
  private final Hook hook;

  /** The hook is given the verb, a space, and the name, names or prefix. */
  public HookedStore(ObjectStore store, Hook hook) {
    this.store = store;
    this.hook = hook;
  }

  /** Once, before the first call whose text begins like this. */
  public static HookedStore once(ObjectStore store, String prefix, Hook action) {
    boolean[] done = new boolean[1];
    return new HookedStore(store, what -> {
      boolean due;
      synchronized (done) {
        due = !done[0] && what.startsWith(prefix);
        done[0] |= due;
      }
      if (due) {
        action.before(what);
      }
    });
  }

  /** From the first call whose text begins like this, every call ends in a {@link Crash}. */
  public static HookedStore dying(ObjectStore store, String prefix) {
    AtomicBoolean dead = new AtomicBoolean();
    return new HookedStore(store, what -> {
      if (what.startsWith(prefix)) {
        dead.set(true);
      }
      if (dead.get()) {
        throw new Crash(what);
      }
    });
  }

  private void happen(String what) throws StoreException {
    try {
      hook.before(what);
    } catch (StoreException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(what, e);
    }
  }

  @Override
  public Optional<StoredObject> stat(ObjectName name) throws StoreException {
    happen("stat " + name);
    return store.stat(name);
  }

  @Override
  public ListPage list(ObjectPrefix prefix, ListCursor from) throws StoreException {
    happen("list " + prefix);
    return store.list(prefix, from);
  }

  @Override
  public ObjectContent read(ObjectName name, ByteRange range, Optional<String> version)
      throws StoreException {
    happen("read " + name);
    return store.read(name, range, version);
  }

  @Override
  public StoredObject put(PutRequest request) throws StoreException {
    happen("put " + request.name());
    return store.put(request);
  }

  @Override
  public void extend(ObjectName name, Instant until) throws StoreException {
    store.extend(name, until);
  }

  @Override
  public Optional<Instant> lockedUntil(ObjectName name) throws StoreException {
    return store.lockedUntil(name);
  }

  @Override
  public void delete(Collection<ObjectName> names) throws StoreException {
    happen("delete " + names);
    store.delete(names);
  }

  @Override
  public SweepResult sweep(ObjectPrefix prefix, Duration olderThan) throws StoreException {
    happen("sweep " + prefix);
    return store.sweep(prefix, olderThan);
  }

  @Override
  public void close() {
    store.close();
  }
}
