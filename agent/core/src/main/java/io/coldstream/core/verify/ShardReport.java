package io.coldstream.core.verify;

import java.time.Instant;
import java.util.List;

/**
 * How a divided run stands.
 *
 * @param shard which part this is
 * @param time when the part that counts began
 * @param earlier whether an earlier process had stored it, so that nothing was read again
 * @param missing the parts that are not stored yet; none when the whole result is stored
 */
public record ShardReport(RunShard shard, Instant time, boolean earlier, List<Integer> missing) {

  public ShardReport {
    missing = List.copyOf(missing);
  }
}
