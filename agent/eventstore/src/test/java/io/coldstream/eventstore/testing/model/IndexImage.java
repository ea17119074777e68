package io.coldstream.eventstore.testing.model;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Files of the index, byte for byte ({@code database-files.md#s7}). Stateless. */
public final class IndexImage {

  private static final int HEADER_BYTES = 128;
  private static final int MIDPOINTS = 3;

  private IndexImage() {}

  /**
   * One entry of a table.
   *
   * @param eventNumber the event's number in its stream
   * @param streamHash the hash of the stream's name, unsigned
   * @param position the event's position in the log
   */
  public record Entry(long eventNumber, long streamHash, long position) {}

  /**
   * One line of the index map.
   *
   * @param level the table's level
   * @param place its place in the level, from 0
   * @param name the file's name
   */
  public record MapLine(int level, int place, String name) {}

  /** A table of format 4; entries may come in any order. */
  public static byte[] table(List<Entry> entries) {
    List<Entry> sorted = entries.stream()
        .sorted(Comparator.comparing(Entry::streamHash, Long::compareUnsigned)
            .thenComparing(Entry::eventNumber)
            .reversed())
        .toList();
    Bytes bytes = new Bytes().u8(1).u8(4).zerosTo(HEADER_BYTES);
    for (Entry entry : sorted) {
      bytes.i64(entry.eventNumber()).i64(entry.streamHash()).i64(entry.position());
    }
    int midpoints = sorted.isEmpty() ? 0 : MIDPOINTS;
    for (int i = 0; i < midpoints; i++) {
      int at = (int) ((long) (sorted.size() - 1) * i / (MIDPOINTS - 1));
      bytes.i64(sorted.get(at).eventNumber()).i64(sorted.get(at).streamHash()).i64(at);
    }
    int footer = bytes.length();
    return bytes.u8(1).u8(4).i32(midpoints).zerosTo(footer + HEADER_BYTES).md5().toArray();
  }

  /**
   * A plausible bloom filter: a header line, then lines of 60 bytes and a hash that nobody checks.
   */
  public static byte[] bloomFilter(int lines, long seed) {
    Bytes bytes = new Bytes().u8(1).zerosTo(4).i32(0).i64(lines * 480L).zerosTo(64);
    byte[] rest = new byte[lines * 64];
    new Random(seed).nextBytes(rest);
    return bytes.raw(rest).toArray();
  }

  /** The index map: its MD5 covers every byte from the first newline on. */
  public static byte[] map(long prepare, long commit, int maxLevel, List<MapLine> lines) {
    StringBuilder text = new StringBuilder("\n2\n");
    text.append(prepare)
        .append('/')
        .append(commit)
        .append('\n')
        .append(maxLevel)
        .append('\n');
    for (MapLine line : lines) {
      text.append(line.level()).append(',').append(line.place()).append(',');
      text.append(line.name()).append('\n');
    }
    byte[] rest = text.toString().getBytes(StandardCharsets.US_ASCII);
    String hash = HexFormat.of().withUpperCase().formatHex(Bytes.md5(rest));
    return new Bytes().raw(hash.getBytes(StandardCharsets.US_ASCII)).raw(rest).toArray();
  }
}
