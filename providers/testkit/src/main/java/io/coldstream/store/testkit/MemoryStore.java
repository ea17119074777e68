package io.coldstream.store.testkit;

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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A store in memory that passes the contract. It outlives {@link #close()} for a test's own look at
 * it ({@link #contents()}), not for the verbs. Thread-safe.
 *
 * <p>It enforces locks, and keeps no older versions: what is locked cannot be removed. {@link
 * #replace} is not held up by them.
 *
 * <p>A put that ends in anything but an answer about its source (an interrupt, a crash) leaves an
 * unfinished upload behind, as a real store does; {@link #sweep} finds it.
 */
public final class MemoryStore implements ObjectStore {

  /** The largest page of a real store. */
  public static final int FULL_PAGE = 1000;

  private final NavigableMap<ObjectName, MemoryObject> objects;
  private final MemoryUploads unfinished;
  private final AtomicLong serial;
  private final int pageSize;
  private final Clock clock;
  private volatile boolean closed;

  /** An empty store with full pages and the system's clock. */
  public MemoryStore() {
    this(FULL_PAGE, Clock.systemUTC());
  }

  /**
   * An empty store.
   *
   * @param pageSize most objects of a listing's page, 1 or more
   * @param clock tells when an upload begins, and when an object is created
   */
  public MemoryStore(int pageSize, Clock clock) {
    this(new ConcurrentSkipListMap<>(), new MemoryUploads(), new AtomicLong(), pageSize, clock);
  }

  private MemoryStore(
      NavigableMap<ObjectName, MemoryObject> objects,
      MemoryUploads unfinished,
      AtomicLong serial,
      int pageSize,
      Clock clock) {
    this.objects = objects;
    this.unfinished = unfinished;
    this.serial = serial;
    this.pageSize = pageSize;
    this.clock = clock;
  }

  /**
   * Another connection to the same objects: what a later process, or another machine, sees.
   *
   * @return a store that is open, whether or not this one is closed
   */
  public MemoryStore reopen() {
    return new MemoryStore(objects, unfinished, serial, pageSize, clock);
  }

  /**
   * Everything that is stored.
   *
   * @return a copy, in the order of names
   */
  public SortedMap<ObjectName, byte[]> contents() {
    SortedMap<ObjectName, byte[]> copy = new TreeMap<>();
    objects.forEach((name, entry) -> copy.put(name, entry.bytes().clone()));
    return copy;
  }

  /**
   * What everything that is stored is called.
   *
   * @return a copy, in the order of names
   */
  public SortedSet<ObjectName> names() {
    return new TreeSet<>(objects.keySet());
  }

  /**
   * Puts bytes under a name whatever stands there: damage, or another tool's work. No verb of the
   * port can do this.
   *
   * @param name what to create or replace
   * @param bytes the new content; copied
   */
  public void replace(ObjectName name, byte[] bytes) {
    objects.put(name, entry(name, bytes.clone(), Optional.empty()));
  }

  /**
   * Leaves an unfinished upload behind, as a process that died would.
   *
   * @param name what it would have become
   * @param begun when it began
   */
  public void leaveUnfinished(ObjectName name, Instant begun) {
    unfinished.begin(name, begun);
  }

  /**
   * The uploads that were begun and neither completed nor removed.
   *
   * @return their names, oldest first
   */
  public List<ObjectName> unfinished() {
    return unfinished.names();
  }

  @Override
  public Optional<StoredObject> stat(ObjectName name) throws StoreException {
    checkOpen("stat", name.value());
    return Optional.ofNullable(objects.get(name)).map(MemoryObject::object);
  }

  @Override
  public ListPage list(ObjectPrefix prefix, ListCursor from) throws StoreException {
    checkOpen("list", prefix.value());
    List<StoredObject> page = new ArrayList<>();
    Map<ObjectName, Instant> times = new HashMap<>();
    Collection<MemoryObject> candidates =
        from.after().map(a -> objects.tailMap(a, false)).orElse(objects).values();
    for (MemoryObject entry : candidates) {
      StoredObject object = entry.object();
      if (prefix.holds(object.name())) {
        if (page.size() == pageSize) {
          return new ListPage(
              page, times, Optional.of(ListCursor.after(page.get(pageSize - 1).name())), 0);
        }
        page.add(object);
        times.put(object.name(), entry.created());
      }
    }
    return new ListPage(page, times, Optional.empty(), 0);
  }

  @Override
  public ObjectContent read(ObjectName name, ByteRange range, Optional<String> version)
      throws StoreException {
    checkOpen("read", name.value());
    MemoryObject entry = objects.get(name);
    if (entry == null
        || !entry.object().version().equals(version.orElse(entry.object().version()))) {
      String what = entry == null ? "no such object" : "that version is no longer there";
      throw new StoreException(Kind.NOT_FOUND, "read " + name + ": " + what, null);
    }
    if (!range.liesIn(entry.object().lengthBytes())) {
      throw new StoreException(
          Kind.REJECTED, "read " + name + ": " + range + " is not in " + entry.object(), null);
    }
    return entry.open(range);
  }

  @Override
  public StoredObject put(PutRequest request) throws StoreException {
    checkOpen("put", request.name().value());
    long upload = unfinished.begin(request.name(), clock.instant());
    try {
      MemoryObject made =
          entry(request.name(), new SourceReader(request).read(), request.lockedUntil());
      checkOpen("put", request.name().value());
      if (objects.putIfAbsent(request.name(), made) != null) {
        throw new StoreException(
            Kind.ALREADY_EXISTS, "put " + request.name() + ": the name is taken", null);
      }
      unfinished.end(upload);
      return made.object();
    } catch (StoreException e) {
      if (e.kind() != Kind.UNAVAILABLE) {
        unfinished.end(upload);
      }
      throw e;
    }
  }

  @Override
  public void extend(ObjectName name, Instant until) throws StoreException {
    checkOpen("lock", name.value());
    MemoryObject.extend(objects, name, until);
  }

  @Override
  public Optional<Instant> lockedUntil(ObjectName name) throws StoreException {
    checkOpen("read the lock of", name.value());
    MemoryObject entry = objects.get(name);
    if (entry == null) {
      throw MemoryObject.none("read the lock of " + name);
    }
    return entry.lockedUntil();
  }

  @Override
  public void delete(Collection<ObjectName> names) throws StoreException {
    checkOpen("delete", names.size() + " objects");
    MemoryObject.remove(objects, names, clock.instant());
  }

  @Override
  public SweepResult sweep(ObjectPrefix prefix, Duration olderThan) throws StoreException {
    checkOpen("remove unfinished uploads of", prefix.value());
    int removed = unfinished.remove(prefix, clock.instant().minus(olderThan));
    return new SweepResult(removed, removed);
  }

  @Override
  public void close() {
    closed = true;
  }

  private MemoryObject entry(ObjectName name, byte[] bytes, Optional<Instant> lockedUntil) {
    return new MemoryObject(
        bytes,
        new StoredObject(name, bytes.length, "v" + serial.incrementAndGet()),
        clock.instant(),
        lockedUntil);
  }

  private void checkOpen(String verb, String what) throws StoreException {
    if (closed) {
      throw new StoreException(Kind.REJECTED, verb + " " + what + ": the store is closed", null);
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new StoreException(Kind.UNAVAILABLE, verb + " " + what + ": interrupted", null);
    }
  }
}
