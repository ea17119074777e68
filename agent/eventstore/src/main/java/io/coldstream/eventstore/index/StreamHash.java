package io.coldstream.eventstore.index;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The hash by which the index knows a stream ({@code database-files.md#s7-2}; table versions 2 to 4,
 * the same in 5.0 to 26.1): an early form of xxHash in the upper half, Murmur3 in the lower half,
 * both over the name in UTF-16. Two streams may have the same hash, so what an entry leads to has to
 * be compared with the name.
 */
public final class StreamHash {

  private static final int SEED = 0xc58f1a7b;

  private static final int PRIME_1 = 0x9e3779b1;
  private static final int PRIME_2 = 0x85ebca77;
  private static final int PRIME_3 = 0xc2b2ae3d;
  private static final int PRIME_4 = 0x27d4eb2f;
  private static final int PRIME_5 = 0x165667b1;

  /** The form for longer input works on four words at a time. */
  private static final int GROUP_BYTES = 4 * Integer.BYTES;

  /** By how much each of the four sums turns: in the loop, after it, and at the end. */
  private static final int[][] TURNS = {{13, 11, 17, 19}, {17, 19, 13, 11}, {11, 17, 19, 13}};

  private StreamHash() {}

  /**
   * Computes the hash of a stream.
   *
   * @param stream its name
   * @return 64 bits, which the index sorts as an unsigned number
   */
  public static long of(String stream) {
    ByteBuffer bytes =
        ByteBuffer.wrap(stream.getBytes(StandardCharsets.UTF_16LE)).order(ByteOrder.LITTLE_ENDIAN);
    return (long) xx(bytes) << Integer.SIZE | murmur(bytes) & 0xffffffffL;
  }

  private static int xx(ByteBuffer bytes) {
    int length = bytes.limit();
    if (length < GROUP_BYTES) {
      return shortXx(bytes);
    }
    int[] sums = new int[4];
    sums[0] = SEED + PRIME_1;
    sums[1] = sums[0] * PRIME_2 + length;
    sums[2] = sums[1] * PRIME_3;
    sums[3] = sums[2] * PRIME_4;
    int lastGroup = length - GROUP_BYTES;
    for (int at = 0; at < lastGroup; at += GROUP_BYTES) {
      mix(sums, TURNS[0], PRIME_1);
      add(sums, bytes, at);
    }
    mix(sums, TURNS[1], PRIME_1);
    add(sums, bytes, lastGroup);
    for (int i = 0; i < sums.length; i++) {
      sums[i] *= PRIME_2;
    }
    mix(sums, TURNS[2], PRIME_3);
    int hash = sums[0]
        + Integer.rotateLeft(sums[1], 3)
        + Integer.rotateLeft(sums[2], 6)
        + Integer.rotateLeft(sums[3], 9);
    hash ^= hash >>> 11;
    hash += (PRIME_4 + length) * PRIME_1;
    hash ^= hash >>> 15;
    hash *= PRIME_2;
    return hash ^ hash >>> 13;
  }

  private static void mix(int[] sums, int[] turns, int prime) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = (sums[i] + Integer.rotateLeft(sums[i], turns[i])) * prime;
    }
  }

  private static void add(int[] sums, ByteBuffer bytes, int at) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += bytes.getInt(at + i * Integer.BYTES);
    }
  }

  private static int shortXx(ByteBuffer bytes) {
    int length = bytes.limit();
    int step = SEED + PRIME_1;
    int hash = PRIME_5;
    int at = 0;
    for (; at < length - Integer.BYTES; at += Integer.BYTES) {
      hash += bytes.getInt(at) + step++;
      hash += Integer.rotateLeft(hash, 17) * PRIME_4;
      hash *= PRIME_1;
    }
    for (; at < length; at++) {
      hash = (hash + (bytes.get(at) & 0xff) + step++) * PRIME_1;
    }
    hash += length;
    hash ^= hash >>> 15;
    hash *= PRIME_2;
    hash ^= hash >>> 13;
    hash *= PRIME_3;
    return hash ^ hash >>> 16;
  }

  private static int murmur(ByteBuffer bytes) {
    int length = bytes.limit();
    int hash = SEED;
    int at = 0;
    for (; at + Integer.BYTES <= length; at += Integer.BYTES) {
      hash = Integer.rotateLeft(hash ^ scrambled(bytes.getInt(at)), 13) * 5 + 0xe6546b64;
    }
    if (at < length) {
      // UTF-16: what is left over is one unit of two bytes.
      hash ^= scrambled(bytes.getShort(at) & 0xffff);
    }
    hash ^= length;
    hash = (hash ^ hash >>> 16) * 0x85ebca6b;
    hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
    return hash ^ hash >>> 16;
  }

  private static int scrambled(int word) {
    return Integer.rotateLeft(word * 0xcc9e2d51, 15) * 0x1b873593;
  }
}
