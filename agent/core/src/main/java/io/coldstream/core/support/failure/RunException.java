package io.coldstream.core.support.failure;

import io.coldstream.store.StoreException;
import java.util.List;

/**
 * Thrown when a run ends without its result. The message says what was met, where, and what to do;
 * what can be run next are the remedies; the kind becomes the exit code.
 */
public final class RunException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What a user can act on. */
  public enum Kind {
    /** The command line, the configuration or the place that they name is wrong. */
    USAGE,
    /** The database is damaged, unreadable, not consistent, or its disk too full. */
    SOURCE_REFUSED,
    /** The repository is damaged, of an unknown format, or something else. */
    REPOSITORY_DAMAGED,
    /** Credentials or permissions are missing. */
    NO_ACCESS,
    /** The store cannot be reached or keeps failing. */
    STORE_UNAVAILABLE,
    /** The directory to restore to is not empty, in use, full, not writable or not safe. */
    TARGET_REFUSED,
    /** Another database, another lineage, a stale source, or another writer that kept winning. */
    CONFLICT,
    /** A verification found something wrong. */
    VERIFICATION_FAILED,
    /** The run was told to stop. */
    INTERRUPTED,
    /** Something that this list does not name: a bug, or the machine. */
    INTERNAL
  }

  private final Kind kind;
  private final String[] lines;
  private final transient List<Remedy> remedies;

  /**
   * A failure without a cause of its own.
   *
   * @param kind what a user can act on
   * @param message what was met, where, and what to do
   */
  public RunException(Kind kind, String message) {
    this(kind, message, null);
  }

  /**
   * A failure.
   *
   * @param kind what a user can act on
   * @param message what was met, where, and what to do; one line, in which a line feed is a character
   *     of a name or of what somebody else said
   * @param cause what it came from; may be null
   */
  public RunException(Kind kind, String message, Throwable cause) {
    this(kind, message, cause, List.of());
  }

  /**
   * A failure after which something can be run.
   *
   * @param kind what a user can act on
   * @param message what was met and where
   * @param cause what it came from; may be null
   * @param remedies what can be run next, the likeliest first
   */
  public RunException(Kind kind, String message, Throwable cause, List<Remedy> remedies) {
    super(message, cause);
    this.kind = kind;
    this.lines = new String[] {String.valueOf(message)};
    this.remedies = List.copyOf(remedies);
  }

  /**
   * This failure with what is to be done, if the repository is damaged.
   *
   * @param advice continues the message
   * @return this one when it is of another kind
   */
  public RunException advisingOnDamage(String advice) {
    return kind == Kind.REPOSITORY_DAMAGED
        ? new RunException(kind, getMessage() + advice, this, remedies)
        : this;
  }

  /**
   * A failure that takes several lines.
   *
   * @param kind what a user can act on
   * @param lines what was met, where, and what to do
   */
  public RunException(Kind kind, List<String> lines) {
    super(String.join("\n", lines));
    this.kind = kind;
    this.lines = lines.toArray(String[]::new);
    this.remedies = List.of();
  }

  /**
   * What a store's failure means for a run, where the step that met it knows nothing better.
   *
   * @param failure what the store said
   * @return the run's failure, with the store's message
   */
  public static RunException of(StoreException failure) {
    if (Thread.currentThread().isInterrupted()) {
      return new RunException(Kind.INTERRUPTED, "stopped", failure);
    }
    Kind kind = switch (failure.kind()) {
      case NOT_FOUND, CORRUPT -> Kind.REPOSITORY_DAMAGED;
      case ALREADY_EXISTS -> Kind.CONFLICT;
      case ACCESS_DENIED -> Kind.NO_ACCESS;
      case REJECTED, LOCKED -> Kind.USAGE;
      case UNAVAILABLE -> Kind.STORE_UNAVAILABLE;
      case SOURCE_UNREADABLE -> Kind.SOURCE_REFUSED;
    };
    return new RunException(kind, failure.getMessage(), failure);
  }

  /**
   * What a user can act on.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * The message as it was composed.
   *
   * @return its lines
   */
  public List<String> lines() {
    return List.of(lines);
  }

  /**
   * What can be run next.
   *
   * @return the remedies, the likeliest first; mostly none
   */
  public List<Remedy> remedies() {
    return remedies;
  }
}
