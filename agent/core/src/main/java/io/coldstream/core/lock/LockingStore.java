package io.coldstream.core.lock;

import io.coldstream.core.repository.Layout;
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
import io.coldstream.store.spi.LockSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A store that locks the objects of backups when it creates them, and knows until when it has locked
 * what. All other objects, which no backup needs, are created without a lock. Thread-safe.
 */
public final class LockingStore implements ObjectStore {

  private final ObjectStore store;
  private final LockSettings settings;
  private final Clock clock;
  private final Map<ObjectName, Instant> locked = new ConcurrentHashMap<>();

  /**
   * A store that locks.
   *
   * @param store the decorated store
   * @param settings how long, and from when on a lock is to be extended
   * @param clock the present
   */
  public LockingStore(ObjectStore store, LockSettings settings, Clock clock) {
    this.store = store;
    this.settings = settings;
    this.clock = clock;
  }

  /** {@return how it locks} */
  LockSettings settings() {
    return settings;
  }

  /** {@return the present, by which it locks} */
  Instant now() {
    return clock.instant();
  }

  /** {@return the ends of the locks that were set through this store} */
  Map<ObjectName, Instant> locked() {
    return Map.copyOf(locked);
  }

  @Override
  public StoredObject put(PutRequest request) throws StoreException {
    if (!Layout.isOfBackups(request.name())) {
      return store.put(request);
    }
    Instant until = settings.until(now());
    StoredObject stored = store.put(request.withLock(until));
    locked.put(request.name(), until);
    return stored;
  }

  @Override
  public void extend(ObjectName name, Instant until) throws StoreException {
    store.extend(name, until);
    locked.merge(name, until, (one, other) -> one.isAfter(other) ? one : other);
  }

  @Override
  public Optional<Instant> lockedUntil(ObjectName name) throws StoreException {
    return store.lockedUntil(name);
  }

  @Override
  public Optional<StoredObject> stat(ObjectName name) throws StoreException {
    return store.stat(name);
  }

  @Override
  public ListPage list(ObjectPrefix prefix, ListCursor from) throws StoreException {
    return store.list(prefix, from);
  }

  @Override
  public ObjectContent read(ObjectName name, ByteRange range, Optional<String> version)
      throws StoreException {
    return store.read(name, range, version);
  }

  @Override
  public void delete(Collection<ObjectName> names) throws StoreException {
    names.forEach(locked::remove);
    store.delete(names);
  }

  @Override
  public SweepResult sweep(ObjectPrefix prefix, Duration olderThan) throws StoreException {
    return store.sweep(prefix, olderThan);
  }

  @Override
  public void close() {
    store.close();
  }
}
