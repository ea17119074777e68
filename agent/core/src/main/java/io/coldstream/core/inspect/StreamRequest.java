package io.coldstream.core.inspect;

/**
 * Which events of a stream are wanted.
 *
 * @param stream the stream's name
 * @param from the lowest number, 0 or more
 * @param limit how many events at most, 1 or more
 * @param all whether events count that a server hides: by the stream's metadata, or because the
 *     stream is deleted
 */
public record StreamRequest(String stream, long from, long limit, boolean all) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when they are out of range
   */
  public StreamRequest {
    if (from < 0 || limit < 1) {
      throw new IllegalArgumentException(limit + " events from " + from);
    }
  }
}
