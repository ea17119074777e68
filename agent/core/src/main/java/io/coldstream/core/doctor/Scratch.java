package io.coldstream.core.doctor;

import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPages;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** A place of one run's own on the store: knows every name that was ever tried in it. Thread-safe. */
final class Scratch {

  /**
   * Every upload of a doctor is over when it is swept, however wrong one of the two clocks may be.
   */
  private static final Duration ALSO_TOMORROWS = Duration.ofDays(-1);

  private final ObjectStore store;
  private final ObjectPrefix prefix;
  private final Set<ObjectName> tried = new ConcurrentSkipListSet<>();
  private final List<Sample> samples = new ArrayList<>();
  private volatile boolean leavesUpload;

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

  /** A name in here, which is cleared away at the end. */
  ObjectName name(String rest) {
    ObjectName name = ObjectName.in(prefix, rest);
    tried.add(name);
    return name;
  }

  /** Nothing can stand under a name: its creation was denied. */
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
      // Nobody else knows the name: an earlier attempt has made it, and its answer was lost.
      Optional<StoredObject> ours = e.kind() == Kind.ALREADY_EXISTS
          ? store.stat(name).filter(o -> o.lengthBytes() == source.lengthBytes())
          : Optional.empty();
      return ours.orElseThrow(() -> e);
    }
  }

  /** Objects of known content to read; the first one is there when any is. */
  synchronized List<Sample> samples() {
    return List.copyOf(samples);
  }

  synchronized void add(Sample sample) {
    samples.add(sample);
  }

  /** Everything under a prefix. */
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
    return store.sweep(under, ALSO_TOMORROWS);
  }

  /** Remembers that an unfinished upload stays which no sweep finds. */
  void leaveUpload() {
    leavesUpload = true;
  }

  boolean leavesUpload() {
    return leavesUpload;
  }

  /** How many names were tried in here. */
  int tried() {
    return tried.size();
  }

  /** Whether anything was tried in here, so that there may be something to clear away. */
  boolean isUsed() {
    return !tried.isEmpty();
  }

  /**
   * Removes every object that was tried in here.
   *
   * @throws StoreException when some may be left
   */
  void clear() throws StoreException {
    store.delete(tried);
  }
}
