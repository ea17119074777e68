package io.coldstream.store.gcs;

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
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.cloud.Operation;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/**
 * A bucket on Google Cloud Storage.
 *
 * <p>{@link #stat} and what settles a doubtful put are listings, so that an identity which may create
 * and list, but neither read nor delete, can do all that a backup needs. A key under the prefix whose
 * rest is no {@link ObjectName} is foreign: no listing shows it, pages count it ({@link
 * ListPage#foreign()}), and nothing here touches it. Versions are generations. Thread-safe.
 */
final class GcsStore implements ObjectStore {

  private final GcsConnection connection;
  private final Keys keys;
  private final Clock clock;
  private final GcsListing listing;
  private final GcsReading reading;
  private final GcsRemoval removal;
  private final GcsPutting putting;
  private volatile boolean closed;

  /**
   * Opens the store; no request is made.
   *
   * @param folder where upload sessions are kept
   * @param connection is closed with the store
   * @param clock what {@link #sweep} takes the present from
   */
  GcsStore(GcsSettings settings, Optional<Path> folder, GcsConnection connection, Clock clock) {
    this.connection = connection;
    this.keys = settings.keys();
    this.clock = clock;
    Sessions sessions = new Sessions(settings, folder, clock);
    SessionRequests uploads = new SessionRequests(settings, connection);
    this.listing = new GcsListing(settings, connection);
    this.reading = new GcsReading(settings, connection);
    this.removal = new GcsRemoval(settings, connection, sessions, uploads);
    this.putting = new GcsPutting(
        settings, connection, listing, new ResumablePut(settings, sessions, uploads, listing));
  }

  @Override
  public Optional<StoredObject> stat(ObjectName name) throws StoreException {
    checkOpen(Operation.STAT, name.value());
    return listing.look(Operation.STAT, name).map(Confirmed::object);
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
    return removal.sweep(prefix, clock.instant().minus(olderThan));
  }

  @Override
  public void close() {
    closed = true;
    connection.close();
  }

  private void checkOpen(Operation operation, String what) throws StoreException {
    if (closed) {
      throw GcsFailures.failed(
          operation, keys.shown() + what, Kind.REJECTED, "the store is closed");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw GcsFailures.failed(operation, keys.shown() + what, Kind.UNAVAILABLE, "interrupted");
    }
  }
}
