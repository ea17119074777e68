package io.coldstream.core.upload;

import io.coldstream.core.manifest.StoredBytes;
import io.coldstream.core.plan.ProgressNote;
import io.coldstream.core.repository.Layout;
import io.coldstream.store.Content;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Notes on the store what a run has stored, at most once a minute, so that a later run need not
 * digest it again if this one comes to nothing. Thread-safe.
 */
public final class ProgressNotes {

  private static final Duration BETWEEN = Duration.ofMinutes(1);

  private final ObjectStore store;
  private final String run;
  private final Clock clock;
  private List<StoredBytes> pending = new ArrayList<>();
  private Instant last;
  private int number;

  /**
   * The notes of one run.
   *
   * @param store where to
   * @param run the run's id
   * @param clock tells when a minute has passed
   */
  public ProgressNotes(ObjectStore store, String run, Clock clock) {
    this.store = store;
    this.run = run;
    this.clock = clock;
    this.last = clock.instant();
  }

  /** Notes an object, now or later. */
  void add(StoredBytes object) throws StoreException {
    if (!Layout.CHUNKS.holds(object.object()) && !Layout.INDEX.holds(object.object())) {
      return; // what is small, or this run's own, is of no use to a later one
    }
    List<StoredBytes> due;
    int next;
    synchronized (this) {
      pending.add(object);
      Instant now = clock.instant();
      if (Duration.between(last, now).compareTo(BETWEEN) < 0) {
        return;
      }
      last = now;
      due = pending;
      pending = new ArrayList<>();
      next = ++number;
    }
    write(next, due);
  }

  private void write(int next, List<StoredBytes> due) throws StoreException {
    byte[] note = new ProgressNote(due).bytes();
    try {
      store.put(new PutRequest(Layout.progress(run, next), Content.of(note), Placement.STANDARD));
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.ALREADY_EXISTS) {
        throw e;
      }
    }
  }
}
