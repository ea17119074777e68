package io.coldstream.store.decorate;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPage;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoredObject;
import io.coldstream.store.SweepResult;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/**
 * Sends and receives content within rate limits, which are shared with every other store of
 * the process that was given them. What is sent again counts again, what is only read here to be
 * compared or digested does not ({@link ObjectSource#sending}), and neither do requests without
 * content.
 *
 * <p>The waiting is done inside the streams that a transport or a reader reads, a little at a time, so
 * that no time-out for an answer runs meanwhile. An interrupt ends it as it ends any call.
 * Thread-safe.
 */
public final class BandwidthLimitedStore implements ObjectStore {

  private final ObjectStore store;
  private final RateLimit upload;
  private final RateLimit download;

  /**
   * A store with limits.
   *
   * @param store the decorated store
   * @param upload how fast content may be sent
   * @param download how fast content may be received
   */
  public BandwidthLimitedStore(ObjectStore store, RateLimit upload, RateLimit download) {
    this.store = store;
    this.upload = upload;
    this.download = download;
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
    return new TappedContent(
        store.read(name, range, version),
        new Throttle(
            download,
            e -> new StoreException(
                StoreException.Kind.UNAVAILABLE, "read " + name + ": interrupted", e)));
  }

  @Override
  public StoredObject put(PutRequest request) throws StoreException {
    // Adapters know this one for an interrupt, and say so as the port wants it.
    Throttle throttle = new Throttle(
        upload, e -> (IOException) new InterruptedIOException("interrupted").initCause(e));
    return store.put(request.withSource(new TappedSource(request.source(), throttle)));
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

  private record Throttle(RateLimit limit, Function<InterruptedException, IOException> interrupted)
      implements TappedStream.Tap {
    @Override
    public int most(int wanted) {
      return limit.most(wanted);
    }

    @Override
    public void passed(int bytes) throws IOException {
      try {
        limit.take(bytes);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw interrupted.apply(e);
      }
    }

    @Override
    public void failed(IOException failure) {
      // Nothing has passed.
    }
  }
}
