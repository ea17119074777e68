package io.coldstream.eventstore.log;

import io.coldstream.eventstore.DatabaseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Finds the stretches of whole records in the data of an unscavenged chunk that is damaged. Behind a
 * damaged record the next one is found by the position that each record states of itself ({@code
 * database-files.md#s5}). Whole frames do not prove that the bytes inside are right. Stateless.
 */
public final class WholeRecords {

  private static final int BUFFER_BYTES = 256 * 1024;

  /** Where a record states its own position, from the start of its frame. */
  private static final int OWN_POSITION_AT = Integer.BYTES + RecordParser.POSITION_AT;

  /** Data with more damaged places is not worth a search. */
  private static final int MAX_DAMAGED_PLACES = 64;

  private WholeRecords() {}

  /** Opens the data of a chunk. */
  @FunctionalInterface
  public interface Data {
    /**
     * Opens the data.
     *
     * @param position where in the log to begin
     * @return the bytes from there on; they may end early
     * @throws IOException when they cannot be read
     */
    InputStream from(long position) throws IOException;
  }

  /**
   * A stretch of the log.
   *
   * @param start where its first record begins
   * @param end where its last record ends
   */
  public record Stretch(long start, long end) {}

  /**
   * Finds the stretches.
   *
   * @param file the chunk's name, for messages
   * @param start where in the log the data begins
   * @param end where it ends
   * @param data opens it
   * @return the stretches in their order; all of the data when none of it is damaged
   * @throws IOException when the data cannot be read
   */
  public static List<Stretch> find(String file, long start, long end, Data data)
      throws IOException {
    List<Stretch> found = new ArrayList<>();
    OptionalLong next = OptionalLong.of(start);
    for (int i = 0; i < MAX_DAMAGED_PLACES && next.isPresent(); i++) {
      long from = next.getAsLong();
      long wholeUpTo = wholeUpTo(file, from, end, data);
      if (wholeUpTo > from) {
        found.add(new Stretch(from, wholeUpTo));
      }
      next = wholeUpTo < end ? nextRecord(wholeUpTo + 1, end, data) : OptionalLong.empty();
    }
    return found;
  }

  private static long wholeUpTo(String file, long from, long end, Data data) throws IOException {
    RecordFraming framing = new RecordFraming(file, from, record -> true);
    try (InputStream in = data.from(from)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (long left = end - from; left > 0; ) {
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          break;
        }
        framing.feed(ByteBuffer.wrap(buffer, 0, count));
        left -= count;
      }
    } catch (DatabaseException e) {
      return framing.lastRecordEnd();
    }
    return framing.lastRecordEnd();
  }

  /** The first place from a position on that states itself where a record would. */
  private static OptionalLong nextRecord(long from, long end, Data data) throws IOException {
    long stated = 0;
    long at = from + OWN_POSITION_AT;
    if (at >= end) {
      return OptionalLong.empty();
    }
    try (InputStream in = data.from(at)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int count = in.read(buffer); count >= 0 && at < end; count = in.read(buffer)) {
        for (int i = 0; i < count; i++) {
          stated = stated >>> Byte.SIZE | (long) buffer[i] << Long.SIZE - Byte.SIZE;
          at++;
          long candidate = at - Long.BYTES - OWN_POSITION_AT;
          if (candidate >= from && stated == candidate) {
            return OptionalLong.of(candidate);
          }
        }
      }
    }
    return OptionalLong.empty();
  }
}
