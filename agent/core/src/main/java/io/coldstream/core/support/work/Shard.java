package io.coldstream.core.support.work;

import io.coldstream.store.ObjectName;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * One part of work that is divided among several processes by the names of objects. Each object
 * belongs to exactly one shard, by its name alone: all shards agree, even when backups come and go
 * between their starts.
 *
 * @param index which shard, 1 to {@code count}
 * @param count how many there are, 1 to {@value #MAX_COUNT}
 */
public record Shard(int index, int count) {

  /** Most shards of one run. */
  public static final int MAX_COUNT = 10_000;

  /** Everything. */
  public static final Shard WHOLE = new Shard(1, 1);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when there is no such shard
   */
  public Shard {
    if (count < 1 || count > MAX_COUNT || index < 1 || index > count) {
      throw new IllegalArgumentException("shard " + index + " of " + count);
    }
  }

  /** {@return whether this is one of several} */
  public boolean isPart() {
    return count > 1;
  }

  /**
   * Whether an object belongs to this shard.
   *
   * @param name the object
   * @return true for one shard of all
   */
  public boolean holds(ObjectName name) {
    CRC32C hash = new CRC32C();
    hash.update(name.value().getBytes(StandardCharsets.UTF_8));
    return hash.getValue() % count == index - 1;
  }

  @Override
  public String toString() {
    return index + "/" + count;
  }
}
