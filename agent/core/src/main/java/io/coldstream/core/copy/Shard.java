package io.coldstream.core.copy;

import io.coldstream.store.ObjectName;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The objects that one of several processes copies. Each object belongs to exactly one shard, by its
 * name alone.
 *
 * @param number which shard, 1 to {@code count}
 * @param count how many there are, 1 to {@value #MAX_COUNT}
 */
public record Shard(int number, int count) {

  /** Most shards of one copy. */
  public static final int MAX_COUNT = 1000;

  /** Everything. */
  public static final Shard WHOLE = new Shard(1, 1);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when there is no such shard
   */
  public Shard {
    if (count < 1 || count > MAX_COUNT || number < 1 || number > count) {
      throw new IllegalArgumentException("shard " + number + " of " + count);
    }
  }

  /** Whether this is one of several. */
  boolean isPart() {
    return count > 1;
  }

  /** Whether this shard copies an object. */
  boolean holds(ObjectName name) {
    CRC32C hash = new CRC32C();
    hash.update(name.value().getBytes(StandardCharsets.UTF_8));
    return hash.getValue() % count == number - 1;
  }

  @Override
  public String toString() {
    return number + "/" + count;
  }
}
