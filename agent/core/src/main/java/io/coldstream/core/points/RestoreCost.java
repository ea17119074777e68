package io.coldstream.core.points;

import java.util.OptionalLong;

/**
 * What a restore to a position fetches.
 *
 * @param chunkBytes bytes of chunks
 * @param indexBytes bytes of the index; empty when the server rebuilds it
 */
public record RestoreCost(long chunkBytes, OptionalLong indexBytes) {

  static final RestoreCost UNKNOWN = new RestoreCost(0, OptionalLong.empty());

  /** {@return all that is fetched} */
  public long bytes() {
    return chunkBytes + indexBytes.orElse(0);
  }
}
