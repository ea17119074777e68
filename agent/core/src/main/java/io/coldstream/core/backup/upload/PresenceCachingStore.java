package io.coldstream.core.backup.upload;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
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
import io.coldstream.store.spi.ContentStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A store that remembers which objects exist, from listings and successful puts. For a name that it
 * knows, it answers a stat and refuses a put without a request. Objects never change, so only a
 * removal can make such an answer wrong. A removal through this store is noticed at once, one by
 * another process when the name expires. Not for checks of what is on the store. Thread-safe.
 */
public final class PresenceCachingStore implements ObjectStore {

  /** How long a name is remembered. After that, a removal by another process is noticed. */
  static final Duration BELIEVED = Duration.ofMinutes(10);

  private final ObjectStore store;
  private final Cache<ObjectName, StoredObject> known;
  private long removals;

  /**
   * A store that remembers.
   *
   * @param store the store behind it
   * @param mostNames how many names are remembered at most
   */
  public PresenceCachingStore(ObjectStore store, long mostNames) {
    this(store, mostNames, Ticker.systemTicker());
  }

  PresenceCachingStore(ObjectStore store, long mostNames, Ticker ticker) {
    this.store = store;
    this.known = Caffeine.newBuilder()
        .maximumSize(mostNames)
        .expireAfterWrite(BELIEVED)
        .ticker(ticker)
        .executor(Runnable::run)
        .build();
  }

  @Override
  public Optional<StoredObject> stat(ObjectName name) throws StoreException {
    StoredObject there = known.getIfPresent(name);
    if (there != null) {
      return Optional.of(there);
    }
    long before = removals();
    Optional<StoredObject> found = store.stat(name);
    remember(found.stream().toList(), before);
    return found;
  }

  @Override
  public ListPage list(ObjectPrefix prefix, ListCursor from) throws StoreException {
    long before = removals();
    ListPage page = store.list(prefix, from);
    remember(page.objects(), before);
    return page;
  }

  @Override
  public ObjectContent read(ObjectName name, ByteRange range, Optional<String> version)
      throws StoreException {
    try {
      return new Watched(store.read(name, range, version));
    } catch (StoreException e) {
      forgetIfGone(name, e);
      throw e;
    }
  }

  @Override
  public StoredObject put(PutRequest request) throws StoreException {
    if (known.getIfPresent(request.name()) != null) {
      throw new StoreException(
          Kind.ALREADY_EXISTS, "put " + request.name() + ": the object already exists", null);
    }
    long before = removals();
    StoredObject created = store.put(request);
    remember(List.of(created), before);
    return created;
  }

  @Override
  public void extend(ObjectName name, Instant until) throws StoreException {
    try {
      store.extend(name, until);
    } catch (StoreException e) {
      forgetIfGone(name, e);
      throw e;
    }
  }

  @Override
  public Optional<Instant> lockedUntil(ObjectName name) throws StoreException {
    return store.lockedUntil(name);
  }

  @Override
  public void delete(Collection<ObjectName> names) throws StoreException {
    List<ObjectName> kept = List.copyOf(names);
    forget(kept);
    try {
      store.delete(kept);
    } finally {
      // Another thread may have seen them meanwhile.
      forget(kept);
    }
  }

  @Override
  public SweepResult sweep(ObjectPrefix prefix, Duration olderThan) throws StoreException {
    return store.sweep(prefix, olderThan);
  }

  @Override
  public void close() {
    forgetAll(); // a closed store answers nothing from memory either
    store.close();
  }

  private synchronized void forgetAll() {
    removals++;
    known.invalidateAll();
  }

  private synchronized long removals() {
    return removals;
  }

  /** Remembers what a request saw, unless something was removed while it ran. */
  private synchronized void remember(List<StoredObject> seen, long removalsBefore) {
    if (removals == removalsBefore) {
      seen.forEach(object -> known.put(object.name(), object));
    }
  }

  private synchronized void forget(List<ObjectName> names) {
    removals++;
    known.invalidateAll(names);
  }

  private void forgetIfGone(ObjectName name, StoreException failure) {
    if (failure.kind() == Kind.NOT_FOUND) {
      forget(List.of(name));
    }
  }

  /** A read that notices when its object disappears. */
  private final class Watched extends ContentStream {
    private final ObjectContent content;

    Watched(ObjectContent content) {
      super(content.object());
      this.content = content;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return content.stream().read(bytes, offset, length);
      } catch (StoreException e) {
        forgetIfGone(object().name(), e);
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      content.close();
    }
  }
}
