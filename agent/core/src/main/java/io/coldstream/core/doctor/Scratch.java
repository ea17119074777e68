package io.coldstream.core.doctor;

import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.store.ByteRange;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPages;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.SweepResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** The prefix of one run on the store. Remembers every name that was tried in it. Thread-safe. */
final class Scratch {

  /** No upload of a doctor continues after its run, so its age, and a wrong clock, do not matter. */
  private static final Duration ANY_AGE = Duration.ofDays(-1);

  /** How long the object of {@link LockCheck} is. */
  static final int LOCKED_BYTES = 100;

  private final ObjectStore store;
  private final ObjectPrefix prefix;
  private final Set<ObjectName> tried = new ConcurrentSkipListSet<>();
  private final List<Sample> samples = new ArrayList<>();
  private volatile boolean leavesUpload;
  private volatile Optional<Instant> lockedUntil = Optional.empty();

  /**
   * A small object whose content is known.
   *
   * @param stored the object as the store reported it
   * @param bytes its content; not to be changed
   */
  record Sample(StoredObject stored, byte[] bytes) {
    ObjectName name() {
      return stored.name();
    }
  }

  Scratch(ObjectStore store, ObjectPrefix prefix) {
    this.store = store;
    this.prefix = prefix;
  }

  ObjectStore store() {
    return store;
  }

  ObjectPrefix prefix() {
    return prefix;
  }

  /** A name in the prefix, which is removed at the end. */
  ObjectName name(String rest) {
    ObjectName name = ObjectName.in(prefix, rest);
    tried.add(name);
    return name;
  }

  /** Forgets a name whose creation was denied. */
  void forget(ObjectName name) {
    tried.remove(name);
  }

  /** A name that tells its content, as those of a backup do. */
  ObjectName name(String rest, Sha256 content) {
    return name(rest + "-" + content.first16());
  }

  /** Creates an object under a free name. */
  StoredObject create(ObjectName name, ObjectSource source, Placement placement)
      throws StoreException {
    try {
      return store.put(new PutRequest(name, source, placement));
    } catch (StoreException e) {
      // No one else knows the name: an earlier attempt created it, and its answer was lost.
      Optional<StoredObject> ours = e.kind() == Kind.ALREADY_EXISTS
          ? store.stat(name).filter(o -> o.lengthBytes() == source.lengthBytes())
          : Optional.empty();
      return ours.orElseThrow(() -> e);
    }
  }

  /** Objects of known content to read. */
  synchronized List<Sample> samples() {
    return List.copyOf(samples);
  }

  synchronized void add(Sample sample) {
    samples.add(sample);
  }

  /** Reads a range of a small object. */
  byte[] read(ObjectName name, ByteRange range, Optional<String> version) throws IOException {
    try (ObjectContent content = store.read(name, range, version)) {
      return content.stream().readAllBytes();
    }
  }

  /** Reads a whole small object. */
  byte[] read(ObjectName name) throws IOException {
    return read(name, ByteRange.WHOLE, Optional.empty());
  }

  /** Lists all objects under a prefix. */
  List<StoredObject> all(ObjectPrefix under) throws StoreException {
    List<StoredObject> found = new ArrayList<>();
    ListPages.each(store, under, ListCursor.START, page -> {
      found.addAll(page.objects());
      return true;
    });
    return found;
  }

  /** Removes unfinished uploads of doctors. */
  SweepResult sweep(ObjectPrefix under) throws StoreException {
    return store.sweep(under, ANY_AGE);
  }

  /** Remembers that an unfinished upload stays, which no sweep finds. */
  void leaveUpload() {
    leavesUpload = true;
  }

  boolean leavesUpload() {
    return leavesUpload;
  }

  /** Remembers when the lock of an object ends. */
  void lockUntil(Instant end) {
    lockedUntil = Optional.of(end);
  }

  Optional<Instant> lockedUntil() {
    return lockedUntil;
  }

  /** How many names were tried. */
  int tried() {
    return tried.size();
  }

  /** Whether any name was tried, so that there may be something to remove. */
  boolean isUsed() {
    return !tried.isEmpty();
  }

  /**
   * Removes every object whose name was tried.
   *
   * @throws StoreException when some may be left
   */
  void clear() throws StoreException {
    store.delete(tried);
  }
}
