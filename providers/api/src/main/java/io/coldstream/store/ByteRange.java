package io.coldstream.store;

import java.util.OptionalLong;

/**
 * Which bytes of an object to read.
 *
 * @param fromBytes the first byte, 0 or more
 * @param lengthBytes how many, 1 or more; empty means to the end, which for an empty object read
 *     from 0 is no byte at all
 */
public record ByteRange(long fromBytes, OptionalLong lengthBytes) {

  /** The whole object, also an empty one. */
  public static final ByteRange WHOLE = new ByteRange(0, OptionalLong.empty());

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException for a negative start, an empty range or one whose end overflows
   */
  public ByteRange {
    if (fromBytes < 0
        || (lengthBytes.isPresent()
            && (lengthBytes.getAsLong() < 1
                || lengthBytes.getAsLong() > Long.MAX_VALUE - fromBytes))) {
      throw new IllegalArgumentException("range from " + fromBytes + ", length " + lengthBytes);
    }
  }

  /**
   * From a byte to the end.
   *
   * @param fromBytes the first byte
   * @return the range
   */
  public static ByteRange from(long fromBytes) {
    return new ByteRange(fromBytes, OptionalLong.empty());
  }

  /**
   * A range of known length.
   *
   * @param fromBytes the first byte
   * @param lengthBytes how many, 1 or more
   * @return the range
   */
  public static ByteRange of(long fromBytes, long lengthBytes) {
    return new ByteRange(fromBytes, OptionalLong.of(lengthBytes));
  }

  /**
   * Where this range ends in an object of a given length.
   *
   * @param objectLengthBytes the object's length
   * @return the offset after the last byte of the range
   */
  public long endIn(long objectLengthBytes) {
    return lengthBytes.isPresent() ? fromBytes + lengthBytes.getAsLong() : objectLengthBytes;
  }

  /**
   * Whether the range lies inside an object of a given length.
   *
   * @param objectLengthBytes the object's length
   * @return true when it does; {@link #WHOLE} lies inside every object
   */
  public boolean liesIn(long objectLengthBytes) {
    return endIn(objectLengthBytes) <= objectLengthBytes
        && (fromBytes < objectLengthBytes || this.equals(WHOLE));
  }

  /**
   * The range as HTTP's header {@code Range} has it.
   *
   * @return the header's value
   */
  public String header() {
    String last =
        lengthBytes.isPresent() ? String.valueOf(fromBytes + lengthBytes.getAsLong() - 1) : "";
    return "bytes=" + fromBytes + "-" + last;
  }
}
