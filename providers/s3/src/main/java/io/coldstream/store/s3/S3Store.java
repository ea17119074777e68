package io.coldstream.store.s3;

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
import io.coldstream.store.StoreTools;
import io.coldstream.store.StoredObject;
import io.coldstream.store.SweepResult;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.cloud.Operation;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/**
 * A bucket on Amazon S3 or a compatible store.
 *
 * <p>{@link #stat} and what settles a doubtful put are listings, so that an identity which may write
 * and list, but not read, can do all that a backup needs. A key under the prefix whose rest is no
 * {@link ObjectName} is foreign: no listing shows it, pages count it ({@link ListPage#foreign()}),
 * and nothing here touches it. Versions are ETags. Thread-safe.
 */
final class S3Store implements ObjectStore {

  private final S3Connection connection;
  private final Keys keys;
  private final S3Listing listing;
  private final S3Reading reading;
  private final S3Removal removal;
  private final S3Putting putting;
  private volatile boolean closed;

  /**
   * Opens the store; no request is made.
   *
   * @param connection owned by the store
   * @param tools what large puts work with
   * @param clock what {@link #sweep} takes the present from where the store's answer has no date
   */
  S3Store(S3Connection connection, S3Settings settings, StoreTools tools, Clock clock) {
    this.connection = connection;
    this.keys = settings.keys();
    this.listing = new S3Listing(connection.client(), keys);
    this.reading = new S3Reading(connection.client(), keys, settings.sendsChecksums());
    this.removal = new S3Removal(connection.client(), keys, clock);
    this.putting = new S3Putting(connection.client(), settings, tools, listing, removal);
  }

  @Override
  public Optional<StoredObject> stat(ObjectName name) throws StoreException {
    checkOpen(Operation.STAT, name.value());
    return listing.look(Operation.STAT, name);
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
    connection.close();
  }

  private void checkOpen(Operation operation, String what) throws StoreException {
    if (closed) {
      throw S3Failures.failed(operation, keys.shown() + what, Kind.REJECTED, "the store is closed");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw S3Failures.failed(operation, keys.shown() + what, Kind.UNAVAILABLE, "interrupted");
    }
  }
}
