package io.coldstream.store.azure;

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
 * A container in Azure Blob Storage; every object is a block blob.
 *
 * <p>{@link #stat} and what settles a doubtful put are listings, so that an identity which may create
 * and list, but not read, can do all that a backup needs. A blob under the prefix whose rest is no
 * {@link ObjectName} is foreign: no listing shows it, pages count it ({@link ListPage#foreign()}),
 * and nothing here touches it. Versions are ETags. Thread-safe.
 */
final class AzureStore implements ObjectStore {

  private final AzureConnection connection;
  private final Keys keys;
  private final AzureListing listing;
  private final AzureReading reading;
  private final AzureRemoval removal;
  private final AzurePutting putting;
  private volatile boolean closed;

  /**
   * Opens the store; no request is made.
   *
   * @param clock what {@link #sweep} takes the present from where the service's answer has no date
   */
  AzureStore(AzureSettings settings, Credentials credentials, StoreTools tools, Clock clock)
      throws StoreException {
    this.connection = AzureConnection.open(settings, credentials);
    this.keys = settings.keys();
    this.listing = new AzureListing(connection, keys);
    this.reading = new AzureReading(connection, keys);
    this.removal = new AzureRemoval(connection, keys, listing, clock);
    this.putting = new AzurePutting(connection, settings, tools, listing);
  }

  @Override
  public Optional<StoredObject> stat(ObjectName name) throws StoreException {
    checkOpen(Operation.STAT, name.value());
    return listing.look(Operation.STAT, name).map(AzureListing.Found::object);
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
      throw AzureFailures.failed(
          operation, keys.shown() + what, Kind.REJECTED, "the store is closed");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw AzureFailures.failed(operation, keys.shown() + what, Kind.UNAVAILABLE, "interrupted");
    }
  }
}
