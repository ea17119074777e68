package io.coldstream.core.support.events;

import io.coldstream.store.PutListener;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the uploaded bytes of one object. Thread-safe. */
public final class PutProgress implements PutListener {

  private final String name;
  private final long lengthBytes;
  private final RunListener listener;
  private final AtomicLong sentBytes = new AtomicLong();
  private volatile Optional<RunEvent.Resumed> resumed = Optional.empty();

  /**
   * The progress of one put.
   *
   * @param name what people call the object
   * @param lengthBytes its length
   * @param listener receives the bytes as they are sent
   */
  public PutProgress(String name, long lengthBytes, RunListener listener) {
    this.name = name;
    this.lengthBytes = lengthBytes;
    this.listener = listener;
  }

  /**
   * Counts bytes that are being sent.
   *
   * @param count how many
   */
  public void add(long count) {
    sentBytes.addAndGet(count);
    listener.on(new RunEvent.Transferred(count));
  }

  @Override
  public void resumed(int partsThere, int parts) {
    resumed = Optional.of(new RunEvent.Resumed(name, partsThere, parts, 0));
  }

  /**
   * The event to report after the put has succeeded: only then are all sent bytes counted.
   *
   * @return the event; empty when the put began from scratch
   */
  public Optional<RunEvent.Resumed> done() {
    long there = Math.max(0, lengthBytes - sentBytes.get());
    return resumed.map(r -> new RunEvent.Resumed(r.file(), r.partsThere(), r.parts(), there));
  }
}
