package io.coldstream.core.verify;

/**
 * How much a sample reads.
 *
 * @param percent of all bytes, above 0 to 100; 0 where bytes are given
 * @param bytes 1 or more; 0 where a percentage is given
 */
public record SampleSize(double percent, long bytes) {

  /**
   * Checks the share.
   *
   * @throws IllegalArgumentException when it is nothing, or more than everything
   */
  public SampleSize {
    boolean isPercent = percent > 0 && percent <= 100 && bytes == 0;
    boolean isBytes = percent == 0 && bytes > 0;
    if (!isPercent && !isBytes) {
      throw new IllegalArgumentException(
          "a sample of " + percent + " percent, " + bytes + " bytes");
    }
  }

  /**
   * A part of all bytes.
   *
   * @param percent above 0 to 100
   * @return the size
   */
  public static SampleSize ofPercent(double percent) {
    return new SampleSize(percent, 0);
  }

  /**
   * A number of bytes.
   *
   * @param bytes 1 or more
   * @return the size
   */
  public static SampleSize ofBytes(long bytes) {
    return new SampleSize(0, bytes);
  }

  /** The share of so many bytes, rounded up. */
  long of(long totalBytes) {
    return bytes > 0 ? bytes : (long) Math.ceil(totalBytes * percent / 100);
  }
}
