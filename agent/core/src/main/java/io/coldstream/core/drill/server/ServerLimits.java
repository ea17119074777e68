package io.coldstream.core.drill.server;

import java.time.Duration;

/**
 * How long the parts of a drill can take.
 *
 * @param start until the server is ready, over all its starts
 * @param stop until it has ended after it was told to
 * @param answer until it has answered a request
 */
public record ServerLimits(Duration start, Duration stop, Duration answer) {

  /** What holds where nothing is set: an index is rebuilt at about 10 seconds a gigabyte. */
  public static final ServerLimits DEFAULT =
      new ServerLimits(Duration.ofMinutes(15), Duration.ofSeconds(30), Duration.ofSeconds(20));
}
