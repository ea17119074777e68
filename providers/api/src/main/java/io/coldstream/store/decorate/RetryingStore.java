package io.coldstream.store.decorate;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPage;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.PutListener;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StalledException;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoredObject;
import io.coldstream.store.SweepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Tries again what failed as {@link StoreException.Kind#UNAVAILABLE}: the only place in the product
 * that does. Every other kind is passed on at once, and nothing is tried again by a thread that is
 * interrupted, whose flag stays set.
 *
 * <p>Between two attempts it waits a random time up to a bound that doubles ({@link RetryPolicy}),
 * and at least as long as the store asked; when it asks for more than the patience that is left, the
 * call is given up at once. What is thrown in the end is the last failure, with the earlier ones
 * suppressed in it.
 *
 * <p>A <b>read</b> whose body breaks off, or ends before its range does, is resumed at the byte
 * that was reached, from the version that was seen first and no other. When that version is no longer
 * there, the stream fails as {@link StoreException.Kind#CORRUPT} where the object has been replaced
 * and as {@link StoreException.Kind#NOT_FOUND} where it is gone. An attempt that read a byte before
 * its connection broke resets the count of attempts, but not the patience; one that {@link
 * StalledException stalled} must have read as much as a store has to send in the time waited.
 *
 * <p>A <b>put</b> that failed as unavailable may have created the object. Then the next attempt says
 * {@link StoreException.Kind#ALREADY_EXISTS}, and so does this store: it cannot know whose object is
 * there. Its callers can: a name that holds a hash of the content is done, anything else is read
 * back. When an attempt got further than all before it, the count of attempts starts again; the
 * patience does not.
 *
 * <p>Thread-safe when the store, the random generator and the pause are.
 */
public final class RetryingStore implements ObjectStore {

  private final ObjectStore store;
  private final Retries retries;

  /**
   * A store that retries.
   *
   * @param store the decorated store, which does not retry itself
   * @param policy how often and how patiently
   * @param random chooses the waits; thread-safe
   * @param pause does the waiting, {@link Pause#SLEEP} outside of tests
   */
  public RetryingStore(ObjectStore store, RetryPolicy policy, RandomGenerator random, Pause pause) {
    this.store = store;
    this.retries = new Retries(policy, random, pause);
  }

  @Override
  public Optional<StoredObject> stat(ObjectName name) throws StoreException {
    return retries.call(() -> store.stat(name));
  }

  @Override
  public ListPage list(ObjectPrefix prefix, ListCursor from) throws StoreException {
    return retries.call(() -> store.list(prefix, from));
  }

  @Override
  public ObjectContent read(ObjectName name, ByteRange range, Optional<String> version)
      throws StoreException {
    Retries.Series series = retries.new Series();
    ObjectContent first = series.call(() -> store.read(name, range, version));
    return new ResumingContent(store, range, first, series);
  }

  @Override
  public StoredObject put(PutRequest request) throws StoreException {
    Retries.Series series = retries.new Series();
    PutRequest watched = request.withListener(new Progress(series, request.listener()));
    return series.call(() -> store.put(watched));
  }

  /** Notices when an attempt at a put got further than all before. */
  private static final class Progress implements PutListener {
    private final Retries.Series series;
    private final PutListener listener;
    private long mostBytes;

    Progress(Retries.Series series, PutListener listener) {
      this.series = series;
      this.listener = listener;
    }

    @Override
    public void resumed(int partsThere, int parts) {
      listener.resumed(partsThere, parts);
    }

    @Override
    public void reached(long bytes) {
      if (bytes > mostBytes) {
        mostBytes = bytes;
        series.progressed();
      }
      listener.reached(bytes);
    }
  }

  @Override
  public void extend(ObjectName name, Instant until) throws StoreException {
    retries.call(() -> {
      store.extend(name, until);
      return name;
    });
  }

  @Override
  public Optional<Instant> lockedUntil(ObjectName name) throws StoreException {
    return retries.call(() -> store.lockedUntil(name));
  }

  @Override
  public void delete(Collection<ObjectName> names) throws StoreException {
    List<ObjectName> kept = List.copyOf(names);
    retries.call(() -> {
      store.delete(kept);
      return kept;
    });
  }

  @Override
  public SweepResult sweep(ObjectPrefix prefix, Duration olderThan) throws StoreException {
    return retries.call(() -> store.sweep(prefix, olderThan));
  }

  @Override
  public void close() {
    store.close();
  }
}
