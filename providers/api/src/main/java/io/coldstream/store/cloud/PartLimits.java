package io.coldstream.store.cloud;

import io.coldstream.store.spi.OncePass;
import java.util.OptionalLong;

/**
 * How an object is cut into parts.
 *
 * @param partBytes the part size that is configured
 * @param maxParts how many parts an object may have
 * @param maxPartBytes how large a part may be
 * @param maxAtOnceBytes how large an object may be that is sent in one request, where that is less than
 *     a part
 */
public record PartLimits(long partBytes, long maxParts, long maxPartBytes, long maxAtOnceBytes) {

  private static final long MIB = 1 << 20;

  /**
   * How large the parts of an object are: as configured; or, where a store would have to take more
   * parts than it can, the fewest whole MiB with which they suffice.
   *
   * @param lengthBytes the object's length
   * @return the size of every part but the last; empty when the store cannot hold such an object
   */
  public OptionalLong partBytesOf(long lengthBytes) {
    long needed = OncePass.sections(lengthBytes, maxParts);
    long size = needed <= partBytes ? partBytes : OncePass.sections(needed, MIB) * MIB;
    return size > maxPartBytes ? OptionalLong.empty() : OptionalLong.of(size);
  }

  /**
   * Whether an object is sent in one request.
   *
   * @param lengthBytes the object's length
   * @param neededPartBytes as {@link #partBytesOf} computed it
   * @return true when it is
   */
  boolean isOneRequest(long lengthBytes, long neededPartBytes) {
    return lengthBytes <= Math.min(neededPartBytes, maxAtOnceBytes);
  }
}
