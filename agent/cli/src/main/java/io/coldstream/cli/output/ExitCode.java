package io.coldstream.cli.output;

import io.coldstream.core.support.failure.RunException;

/**
 * How the process ends: one documented number per outcome ({@code src/site/markdown/exit-codes.md},
 * which a test compares with this list). Numbers are never given a new meaning.
 */
public enum ExitCode {
  /** Done as asked. */
  DONE(0),
  /** A failure that this list does not name. */
  FAILED(1),
  /** The command line or the configuration is wrong. */
  USAGE(2),
  /** The database cannot be backed up as it is. */
  SOURCE_REFUSED(3),
  /** The repository is damaged, of an unknown format, or something else. */
  REPOSITORY_DAMAGED(4),
  /** Credentials or permissions are missing. */
  NO_ACCESS(5),
  /** The store cannot be reached or keeps failing. */
  STORE_UNAVAILABLE(6),
  /** The directory to restore to cannot be used. */
  TARGET_REFUSED(7),
  /** Another database, another lineage, a stale source, another writer. */
  CONFLICT(8),
  /** Verification found something wrong. */
  VERIFICATION_FAILED(9),
  /** Ended by SIGHUP: its terminal is gone. The JVM itself gives this number once its hooks have run. */
  HUNG_UP(129),
  /** Ended by SIGINT. The JVM itself gives this number once its hooks have run. */
  INTERRUPTED(130),
  /** Done, but the reader of standard output ended early. A shell gives this for SIGPIPE. */
  PIPE_CLOSED(141),
  /** Ended by SIGTERM. The JVM itself gives this number once its hooks have run. */
  TERMINATED(143);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** {@return what the process ends with} */
  public int number() {
    return number;
  }

  /**
   * The outcome of a failed run.
   *
   * @param kind what the run says
   * @return its exit code
   */
  public static ExitCode of(RunException.Kind kind) {
    return switch (kind) {
      case USAGE -> USAGE;
      case SOURCE_REFUSED -> SOURCE_REFUSED;
      case REPOSITORY_DAMAGED -> REPOSITORY_DAMAGED;
      case NO_ACCESS -> NO_ACCESS;
      case STORE_UNAVAILABLE -> STORE_UNAVAILABLE;
      case TARGET_REFUSED -> TARGET_REFUSED;
      case CONFLICT -> CONFLICT;
      case VERIFICATION_FAILED -> VERIFICATION_FAILED;
      case INTERRUPTED -> INTERRUPTED;
      case INTERNAL -> FAILED;
    };
  }
}
