package io.coldstream.core.repository;

/**
 * A number of objects.
 *
 * @param objects how many
 * @param bytes their bytes
 */
public record Amount(long objects, long bytes) {

  /** None. */
  public static final Amount NONE = new Amount(0, 0);

  /**
   * One object more.
   *
   * @param lengthBytes its length
   * @return the sum
   */
  public Amount plus(long lengthBytes) {
    return new Amount(objects + 1, bytes + lengthBytes);
  }

  /**
   * The sum of two amounts.
   *
   * @param other the other one
   * @return the sum
   */
  public Amount plus(Amount other) {
    return new Amount(objects + other.objects, bytes + other.bytes);
  }
}
