package io.coldstream.cli.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The bandwidth limits and the time limit of a command.
 *
 * @param uploadBytesPerSecond most that is sent in a second, 1,024 or more
 * @param downloadBytesPerSecond most that is fetched in a second, 1,024 or more
 * @param finishWithin how long the command may take, as slowly as that allows; more than nothing
 */
public record TransferSettings(
    OptionalLong uploadBytesPerSecond,
    OptionalLong downloadBytesPerSecond,
    Optional<Duration> finishWithin) {

  /** As fast as it goes. */
  public static final TransferSettings UNBOUNDED =
      new TransferSettings(OptionalLong.empty(), OptionalLong.empty(), Optional.empty());

  /** {@return whether there is any bound} */
  public boolean isBounded() {
    return !equals(UNBOUNDED);
  }
}
