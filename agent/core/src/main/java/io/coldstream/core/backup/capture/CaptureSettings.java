package io.coldstream.core.backup.capture;

import io.coldstream.core.support.failure.ProcessLimits;
import io.coldstream.eventstore.files.DatabaseFolders;
import java.util.OptionalLong;

/**
 * The settings of a capture.
 *
 * @param folders the database's folders
 * @param attempts how many captures are tried before a failed validation is reported, 1 or more
 * @param mostPins how many files may be kept open
 * @param minFreeBytes pins are closed when the disk has less free space than this and files that
 *     the database has deleted are among them
 * @param epochSearchBytes how far below the end of the log an epoch is searched for when epoch.chk
 *     names none
 */
public record CaptureSettings(
    DatabaseFolders folders, int attempts, int mostPins, long minFreeBytes, long epochSearchBytes) {

  /** What POSIX systems let a process open at the least in practice, where none tells. */
  private static final long UNKNOWN_LIMIT = 256;

  /** The default of {@code attempts}. */
  public static final int DEFAULT_ATTEMPTS = 5;

  /** The default of {@code minFreeBytes}: 1 GiB. */
  public static final long DEFAULT_MIN_FREE_BYTES = 1L << 30;

  /** The default of {@code epochSearchBytes}: 64 MiB. */
  public static final long DEFAULT_EPOCH_SEARCH_BYTES = 64L << 20;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when one is out of its range
   */
  public CaptureSettings {
    if (attempts < 1 || mostPins < 0 || minFreeBytes < 0 || epochSearchBytes < 0) {
      throw new IllegalArgumentException(
          attempts + " attempts, " + mostPins + " pins, " + minFreeBytes + " bytes free");
    }
  }

  /**
   * The default settings for a database.
   *
   * @param folders the database's folders
   * @return settings with every default, and half of the files that this process may still open for
   *     pins
   */
  public static CaptureSettings of(DatabaseFolders folders) {
    return new CaptureSettings(
        folders,
        DEFAULT_ATTEMPTS,
        mostPins(ProcessLimits.openFiles(), ProcessLimits.openFilesNow()),
        DEFAULT_MIN_FREE_BYTES,
        DEFAULT_EPOCH_SEARCH_BYTES);
  }

  /** Half of what the process may still open: the rest is for connections and other files. */
  static int mostPins(OptionalLong limit, long openNow) {
    long left = limit.orElse(UNKNOWN_LIMIT) - openNow;
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, left / 2));
  }

  /**
   * The same with another limit.
   *
   * @param bytes see {@code minFreeBytes}
   * @return the new settings
   */
  public CaptureSettings withMinFreeBytes(long bytes) {
    return new CaptureSettings(folders, attempts, mostPins, bytes, epochSearchBytes);
  }

  /**
   * The same with another number.
   *
   * @param pins see {@code mostPins}
   * @return the new settings
   */
  public CaptureSettings withMostPins(int pins) {
    return new CaptureSettings(folders, attempts, pins, minFreeBytes, epochSearchBytes);
  }
}
