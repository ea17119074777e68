package io.coldstream.core.backup.upload;

import io.coldstream.core.backup.plan.ProgressNote;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
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
 * Stores progress notes at most once a minute and once at the end, so that a later run reuses the
 * digests if this one fails. A note that cannot be written is a warning. Thread-safe.
 */
public final class ProgressNotes {

  private static final Duration BETWEEN = Duration.ofMinutes(1);

  private final ObjectStore store;
  private final String run;
  private final Clock clock;
  private final RunListener listener;
  private final List<StoredBytes> pending = new ArrayList<>();
  private Instant last;
  private int number;

  /**
   * The notes of one run.
   *
   * @param store the destination
   * @param run the run's id
   * @param clock tells when a minute has passed
   * @param listener is warned when notes cannot be written
   */
  public ProgressNotes(ObjectStore store, String run, Clock clock, RunListener listener) {
    this.store = store;
    this.run = run;
    this.clock = clock;
    this.listener = listener;
    this.last = clock.instant();
  }

  /** Notes an object, now or later. */
  void add(StoredBytes object) {
    if (!Layout.CHUNKS.holds(object.object()) && !Layout.INDEX.holds(object.object())) {
      return; // other objects are small, or of no use to a later run
    }
    synchronized (this) {
      pending.add(object);
      Instant now = clock.instant();
      if (Duration.between(last, now).compareTo(BETWEEN) < 0) {
        return;
      }
      last = now;
    }
    write();
  }

  /** Writes what is pending, as much as one note holds. */
  void write() {
    List<StoredBytes> due;
    int next;
    synchronized (this) {
      if (pending.isEmpty()) {
        return;
      }
      List<StoredBytes> head =
          pending.subList(0, Math.min(pending.size(), ProgressNote.MAX_OBJECTS));
      due = List.copyOf(head);
      head.clear();
      next = ++number;
    }
    byte[] note = new ProgressNote(due).bytes();
    try {
      store.put(new PutRequest(Layout.progress(run, next), Content.of(note), Placement.STANDARD));
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.ALREADY_EXISTS) {
        failed(due, e);
      }
    }
  }

  private void failed(List<StoredBytes> due, StoreException e) {
    synchronized (this) {
      pending.addAll(due);
    }
    if (!Thread.currentThread().isInterrupted()) {
      listener.on(new RunEvent.Warning("the progress of this run cannot be stored under "
          + Layout.PROGRESS.value() + run + " (" + e.kind()
          + "); if this run fails, the next one reads its files again"));
    }
  }
}
