package io.coldstream.core.disk;

import java.io.IOException;
import java.nio.file.Path;

/** How a local file operation fails. Callers branch on {@link #kind()}; the message names operation, path and cause. */
public final class DiskException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What went wrong, as far as a caller can act on it. */
  public enum Kind {
    /** There is no such file or folder. */
    MISSING,
    /** The file system, or the user's share of it, is full. */
    NO_SPACE,
    /** The user may not do this here: permissions, or a read-only file system. */
    NO_ACCESS,
    /** Somebody else holds the lock. */
    IN_USE,
    /** Anything else: a broken disk, a folder where a file is expected. */
    FAILED
  }

  private final Kind kind;

  /**
   * A failure.
   *
   * @param kind what callers branch on
   * @param operation what was being done, for instance {@code write}
   * @param path to what
   * @param why what the system said
   * @param cause what it came from; may be null
   */
  public DiskException(Kind kind, String operation, Path path, String why, Throwable cause) {
    super(operation + " " + path + ": " + why, cause);
    this.kind = kind;
  }

  /**
   * What went wrong.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }
}
