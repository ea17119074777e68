package io.coldstream.core.support.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Thrown when a local file operation fails. Callers branch on {@link #kind()}; the message names
 * operation, path and cause.
 */
public final class DiskException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What went wrong, as far as a caller can act on it. */
  public enum Kind {
    /** There is no such file or folder. */
    MISSING,
    /** The file system, or the user's share of it, is full. */
    NO_SPACE,
    /** The user may not do this here. */
    NO_ACCESS,
    /** The file system is read-only. */
    READ_ONLY,
    /** Root may not give files to another user, because the file system or its server refuses it. */
    NO_OWNER,
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

  /** What the system's failure means. */
  static DiskException of(String operation, Path path, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new DiskException(Kind.MISSING, operation, path, "no such file or folder", e);
    }
    String why = reason(e);
    return new DiskException(kind(e, why), operation, path, why, e);
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String reason = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
    return reason == null || reason.isBlank() ? e.getClass().getSimpleName() : reason;
  }

  private static Kind kind(IOException e, String why) {
    String text = why.toLowerCase(Locale.ROOT);
    if (text.contains("no space left") || text.contains("quota exceeded")) {
      return Kind.NO_SPACE;
    }
    if (e instanceof AccessDeniedException || text.contains("operation not permitted")) {
      return Kind.NO_ACCESS;
    }
    if (text.contains("read-only file system")) {
      return Kind.READ_ONLY;
    }
    return Kind.FAILED;
  }

  /**
   * Returns the kind of failure.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }
}
