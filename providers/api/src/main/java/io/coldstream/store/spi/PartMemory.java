package io.coldstream.store.spi;

import java.util.concurrent.Semaphore;

/**
 * How much heap the parts in flight may hold, over all puts of the process. A put that gets none
 * streams from its source, one part after the other. Thread-safe.
 */
public final class PartMemory {

  /** Nothing is held: every put sends one part after the other. */
  public static final PartMemory NONE = new PartMemory(0);

  private static final int UNIT_BYTES = 64 << 10;

  private final Semaphore units;

  /**
   * A bound.
   *
   * @param bytes how much, 0 or more
   */
  public PartMemory(long bytes) {
    this.units = new Semaphore(Math.toIntExact(bytes / UNIT_BYTES));
  }

  /**
   * Takes room for a part, without waiting.
   *
   * @param bytes the part's length
   * @return whether there was room; then {@link #giveBack} must follow
   */
  public boolean tryTake(long bytes) {
    return units(bytes) <= Integer.MAX_VALUE && units.tryAcquire((int) units(bytes));
  }

  /**
   * Gives room back.
   *
   * @param bytes as taken
   */
  public void giveBack(long bytes) {
    units.release((int) units(bytes));
  }

  private static long units(long bytes) {
    return bytes / UNIT_BYTES + (bytes % UNIT_BYTES == 0 ? 0 : 1);
  }
}
