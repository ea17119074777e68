package io.coldstream.store;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * The one exception that crosses the port. Callers branch on {@link #kind()}; the message names the
 * operation, the object, what went wrong and what to do, and never holds a credential or a query.
 */
public final class StoreException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What went wrong, as far as a caller can act on it. */
  public enum Kind {
    /** There is no such object, or no longer that version of it. */
    NOT_FOUND,
    /** The name already exists; its object is untouched. */
    ALREADY_EXISTS,
    /** Credentials are missing, wrong, expired or do not allow this. */
    ACCESS_DENIED,
    /** What arrived is not what was sent or stored: a checksum or a length disagrees. */
    CORRUPT,
    /** A lock keeps the object as it is: it can be removed when the lock has ended. */
    LOCKED,
    /**
     * The store will never do this as asked: no such bucket, another region, a wrong setting, a
     * range outside the object, a feature that is missing.
     */
    REJECTED,
    /** The store could not be reached or was busy: the one kind that is worth another attempt. */
    UNAVAILABLE,
    /** The content to be sent could not be read, or is not what it must be; see the cause. */
    SOURCE_UNREADABLE
  }

  private final Kind kind;
  private final transient Optional<Duration> retryAfter;

  /**
   * A failure.
   *
   * @param kind what callers branch on
   * @param message operation, object, what went wrong, what to do
   * @param cause what it came from; may be null
   */
  public StoreException(Kind kind, String message, Throwable cause) {
    this(kind, message, cause, Optional.empty());
  }

  /**
   * A failure after which the store asked the caller to wait.
   *
   * @param kind what callers branch on
   * @param message operation, object, what went wrong, what to do
   * @param cause what it came from; may be null
   * @param retryAfter how long to wait at least, as the store said
   */
  public StoreException(Kind kind, String message, Throwable cause, Optional<Duration> retryAfter) {
    super(message, cause);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  /**
   * What went wrong.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * Whether a failure is that of a store that is not available now.
   *
   * @param failure any failure
   * @return true for one whose kind is {@link Kind#UNAVAILABLE}
   */
  public static boolean isUnavailable(IOException failure) {
    return failure instanceof StoreException store && store.kind() == Kind.UNAVAILABLE;
  }

  /**
   * How long the store asked to wait.
   *
   * @return the least wait before another attempt, where the store named one
   */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
