package io.coldstream.store.cloud;

import io.coldstream.store.spi.OncePass;

/** How large the parts of an object are. */
public final class PartSize {

  private static final long MIB = 1 << 20;

  private PartSize() {}

  /**
   * As configured; or, where a store would have to take more parts than it can, the fewest whole MiB
   * with which they suffice.
   *
   * @param lengthBytes the object's length
   * @param configuredBytes the size that is set
   * @param mostParts how many a store takes
   * @return the size, which may be more than the store takes in one request
   */
  public static long bytes(long lengthBytes, long configuredBytes, long mostParts) {
    long needed = OncePass.sections(lengthBytes, mostParts);
    return needed <= configuredBytes ? configuredBytes : OncePass.sections(needed, MIB) * MIB;
  }
}
