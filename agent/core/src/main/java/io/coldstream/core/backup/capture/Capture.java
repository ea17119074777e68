package io.coldstream.core.backup.capture;

import io.coldstream.core.repository.RestoredMark;
import io.coldstream.core.repository.manifest.LeftOut;
import io.coldstream.core.repository.manifest.LogState;
import java.util.List;
import java.util.Optional;

/**
 * A consistent set of a database's files, validated against I1 to I8. Holds open descriptors until
 * it is closed.
 *
 * @param number which capture of the run, from 1
 * @param log the state of the log, from its own records
 * @param files the files that hold it
 * @param leftOut what is excluded, and why
 * @param warnings sentences that the user should read
 * @param restoredFrom what a restore wrote into the database folder, if this came from one
 * @param pins how the captured files are opened
 */
public record Capture(
    int number,
    LogState log,
    CapturedFiles files,
    List<LeftOut> leftOut,
    List<String> warnings,
    Optional<RestoredMark> restoredFrom,
    Pins pins)
    implements AutoCloseable {

  /**
   * Checks and copies the values.
   *
   * @throws IllegalArgumentException when the number is below 1
   */
  public Capture {
    leftOut = List.copyOf(leftOut);
    warnings = List.copyOf(warnings);
    if (number < 1) {
      throw new IllegalArgumentException("capture " + number);
    }
  }

  /** Closes every descriptor. */
  @Override
  public void close() {
    pins.close();
  }
}
