package io.coldstream.core.backup.upload;

import io.coldstream.core.backup.plan.PlannedObject;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.store.PutListener;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the uploaded bytes of one file. Thread-safe. */
final class SentPart implements PutListener {

  private final PlannedObject object;
  private final RunListener listener;
  private final AtomicLong sentBytes = new AtomicLong();
  private volatile Optional<RunEvent.Resumed> resumed = Optional.empty();

  SentPart(PlannedObject object, RunListener listener) {
    this.object = object;
    this.listener = listener;
  }

  /** Counts bytes that are being sent. */
  void add(long count) {
    sentBytes.addAndGet(count);
    listener.on(new RunEvent.Transferred(count));
  }

  @Override
  public void resumed(int partsThere, int parts) {
    resumed = Optional.of(new RunEvent.Resumed(object.file().fileName(), partsThere, parts, 0));
  }

  /** The event to report after the put has succeeded: only then are all sent bytes counted. */
  Optional<RunEvent.Resumed> done() {
    long there = Math.max(0, object.lengthBytes() - sentBytes.get());
    return resumed.map(r -> new RunEvent.Resumed(r.file(), r.partsThere(), r.parts(), there));
  }
}
