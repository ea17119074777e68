package io.coldstream.eventstore.testing.model;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Chunk files, byte for byte ({@code database-files.md#s4}). Stateless. */
public final class ChunkImage {

  /** Bytes of a header, and of a footer. */
  public static final int FRAME_BYTES = 128;

  private ChunkImage() {}

  /**
   * What a header says ({@code database-files.md#s4-2}).
   *
   * @param format 2, 3 or 4
   * @param chunkSizeBytes bytes of data that one chunk number stands for
   * @param firstNumber the first chunk number
   * @param lastNumber the last; greater than the first in a merged chunk only
   * @param scavenged whether records were dropped and a map follows the data
   * @param id the chunk's own id
   * @param transform 0 as is, 1 encrypted; other than 0 in format 4 only
   */
  public record Header(
      int format,
      int chunkSizeBytes,
      int firstNumber,
      int lastNumber,
      boolean scavenged,
      UUID id,
      int transform) {

    /** The header of a new, untransformed chunk. */
    public static Header fresh(int format, int chunkSizeBytes, int number, UUID id) {
      return new Header(format, chunkSizeBytes, number, number, false, id, 0);
    }

    /**
     * The 128 bytes. Format 4 carries 3 as the lowest version that can read it, as servers write
     * it.
     */
    public byte[] bytes() {
      Bytes bytes = new Bytes().u8(2).u8(Math.min(format, 3));
      bytes
          .i32(chunkSizeBytes)
          .i32(firstNumber)
          .i32(lastNumber)
          .i32(scavenged ? 1 : 0)
          .guid(id);
      if (format >= 4) {
        bytes.u8(format).u8(transform);
      }
      return bytes.zerosTo(FRAME_BYTES).toArray();
    }

    /** The log position of the first byte of data. */
    public long startPosition() {
      return (long) firstNumber * chunkSizeBytes;
    }
  }

  /**
   * One entry of a position map ({@code database-files.md#s4-4}).
   *
   * @param physicalOffset where the record starts in the data
   * @param logicalOffset its position, relative to the file's first position
   */
  public record MapEntry(int physicalOffset, long logicalOffset) {}

  /**
   * A footer ({@code database-files.md#s4-3}) up to its MD5: 112 bytes. {@code wide} is the form of
   * today, with map entries
   * of 12 bytes; without it sizes and entries are those of old servers (8 bytes).
   */
  public static byte[] footerStart(int physical, long logical, int mapBytes, boolean wide) {
    Bytes bytes = new Bytes().u8(wide ? 3 : 1).i32(physical);
    if (wide) {
      bytes.i64(logical);
    } else {
      bytes.i32((int) logical);
    }
    return bytes.i32(mapBytes).zerosTo(FRAME_BYTES - 16).toArray();
  }

  /** A completed, unscavenged chunk: header, data, zeros up to a multiple of 4096, footer. */
  public static byte[] completed(Header header, byte[] data) {
    return whole(header, data, data.length, new byte[0], true);
  }

  /**
   * A scavenged or merged chunk: records back to back, then their map in entries of 12 or 8 bytes.
   */
  public static byte[] scavenged(
      Header header, byte[] data, long logicalBytes, List<MapEntry> map, boolean wide) {
    Bytes entries = new Bytes();
    for (MapEntry entry : map) {
      entries.i32(entry.physicalOffset());
      if (wide) {
        entries.i64(entry.logicalOffset());
      } else {
        entries.i32((int) entry.logicalOffset());
      }
    }
    return whole(header, data, logicalBytes, entries.toArray(), wide);
  }

  private static byte[] whole(Header header, byte[] data, long logical, byte[] map, boolean wide) {
    Bytes bytes = new Bytes().raw(header.bytes()).raw(data).raw(map);
    if (header.format() >= 3) {
      bytes.zerosTo((int) completedLength(data.length + map.length) - FRAME_BYTES);
    }
    return bytes.raw(footerStart(data.length, logical, map.length, wide)).md5().toArray();
  }

  /**
   * An active chunk: header, the data so far, zeros up to its full length
   * ({@code database-files.md#s4-6}).
   */
  public static byte[] active(Header header, byte[] data) {
    byte[] start = new Bytes().raw(header.bytes()).raw(data).toArray();
    return Arrays.copyOf(start, (int) preallocatedLength(header.chunkSizeBytes()));
  }

  /** The length of a completed file with so many bytes of data and map. */
  public static long completedLength(long contentBytes) {
    return roundUp(FRAME_BYTES + contentBytes + FRAME_BYTES);
  }

  /** The length of a new active file. */
  public static long preallocatedLength(int chunkSizeBytes) {
    return roundUp(FRAME_BYTES + (long) chunkSizeBytes + FRAME_BYTES);
  }

  /**
   * The file's name: start number and version, six digits each ({@code database-files.md#s3-1}).
   */
  public static String name(int number, int version) {
    return "chunk-" + sixDigits(number) + "." + sixDigits(version);
  }

  /** As a format would, at a tenth of its cost: histories name chunks all the time. */
  private static String sixDigits(int number) {
    return Integer.toString(1_000_000 + number).substring(1);
  }

  private static long roundUp(long bytes) {
    return (bytes + 4095) / 4096 * 4096;
  }
}
