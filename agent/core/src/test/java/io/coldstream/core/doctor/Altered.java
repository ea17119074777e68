package io.coldstream.core.doctor;

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
import java.util.Optional;

/** A store that does what the one behind it does; a test's subclass does one thing otherwise. */
abstract class Altered implements ObjectStore {

  protected final ObjectStore behind;

  Altered(ObjectStore behind) {
    this.behind = behind;
  }

  @Override
  public Optional<StoredObject> stat(ObjectName name) throws StoreException {
    return behind.stat(name);
  }

  @Override
  public ListPage list(ObjectPrefix prefix, ListCursor from) throws StoreException {
    return behind.list(prefix, from);
  }

  @Override
  public ObjectContent read(ObjectName name, ByteRange range, Optional<String> version)
      throws StoreException {
    return behind.read(name, range, version);
  }

  @Override
  public StoredObject put(PutRequest request) throws StoreException {
    return behind.put(request);
  }

  @Override
  public void extend(ObjectName name, Instant until) throws StoreException {
    behind.extend(name, until);
  }

  @Override
  public Optional<Instant> lockedUntil(ObjectName name) throws StoreException {
    return behind.lockedUntil(name);
  }

  @Override
  public void delete(Collection<ObjectName> names) throws StoreException {
    behind.delete(names);
  }

  @Override
  public SweepResult sweep(ObjectPrefix prefix, Duration olderThan) throws StoreException {
    return behind.sweep(prefix, olderThan);
  }

  @Override
  public void close() {
    behind.close();
  }
}
