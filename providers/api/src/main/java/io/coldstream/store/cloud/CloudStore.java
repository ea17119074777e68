package io.coldstream.store.cloud;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPage;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.SweepResult;
import io.coldstream.store.spi.StoreTools;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * A bucket or container on a cloud: the checks and rules of the port, once for every {@link
 * CloudDriver}.
 *
 * <p>{@link #stat} and what settles a doubtful put are listings, so that an identity which may create
 * and list, but not read, can do all that a backup needs. A key under the prefix whose rest is no
 * {@link ObjectName} is foreign: no listing shows it, pages count it ({@link ListPage#foreign()}), and
 * nothing here touches it. Thread-safe.
 */
public final class CloudStore implements ObjectStore {

  private final CloudDriver driver;
  private final Keys keys;
  private final CloudListing listing;
  private final CloudReading reading;
  private final CloudRemoval removal;
  private final CloudPutting putting;
  private final CloudLocks locks;
  private volatile boolean closed;

  /**
   * Opens the store; no request is made.
   *
   * @param driver is closed with the store
   * @param tools what large puts work with
   * @param clock the present for {@link #sweep} where the store does not tell its own
   */
  public CloudStore(CloudDriver driver, StoreTools tools, Clock clock) {
    DriverCalls calls = new DriverCalls(driver);
    this.driver = driver;
    this.keys = driver.keys();
    this.listing = new CloudListing(driver, calls);
    this.reading = new CloudReading(driver, calls);
    this.removal = new CloudRemoval(driver, calls, clock);
    this.locks = new CloudLocks(driver, calls);
    this.putting = new CloudPutting(driver, calls, listing, locks, tools);
  }

  @Override
  public Optional<StoredObject> stat(ObjectName name) throws StoreException {
    checkOpen(Operation.STAT, name.value());
    return listing.look(Operation.STAT, name).map(object -> object.stored(name));
  }

  @Override
  public ListPage list(ObjectPrefix prefix, ListCursor from) throws StoreException {
    checkOpen(Operation.LIST, prefix.value());
    return listing.page(prefix, from);
  }

  @Override
  public ObjectContent read(ObjectName name, ByteRange range, Optional<String> version)
      throws StoreException {
    checkOpen(Operation.READ, name.value());
    return reading.open(name, range, version);
  }

  @Override
  public StoredObject put(PutRequest request) throws StoreException {
    checkOpen(Operation.PUT, request.name().value());
    return putting.put(request);
  }

  @Override
  public void extend(ObjectName name, Instant until) throws StoreException {
    checkOpen(Operation.LOCK, name.value());
    locks.extend(name, until);
  }

  @Override
  public Optional<Instant> lockedUntil(ObjectName name) throws StoreException {
    checkOpen(Operation.READ_LOCK, name.value());
    return locks.lockedUntil(name);
  }

  @Override
  public void delete(Collection<ObjectName> names) throws StoreException {
    checkOpen(Operation.DELETE, names.size() + " objects");
    removal.delete(names);
  }

  @Override
  public SweepResult sweep(ObjectPrefix prefix, Duration olderThan) throws StoreException {
    checkOpen(Operation.SWEEP, prefix.value());
    return removal.sweep(prefix, olderThan);
  }

  @Override
  public void close() {
    closed = true;
    driver.close();
  }

  private void checkOpen(Operation operation, String what) throws StoreException {
    String shown = keys.shown() + what;
    if (closed) {
      throw DriverCalls.failed(operation, shown, Kind.REJECTED, "the store is closed");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw DriverCalls.failed(operation, shown, Kind.UNAVAILABLE, "interrupted");
    }
  }
}
