package io.coldstream.store.local;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Turns what the file system says into the port's kinds.
 *
 * <p>Java tells few errors apart by type; the others only by the system's text, which may be in the
 * user's language. A text that is not known here is {@link Kind#UNAVAILABLE} and is passed on as it
 * is. That is also what a full disk is: the next attempts are harmless and few, and the text says what
 * to do.
 */
final class LocalFailures {

  private LocalFailures() {}

  /**
   * The failure of an operation.
   *
   * @param what the operation and its object
   * @param root the store's directory
   * @param e what the file system said
   * @return the port's exception; the thread's flag is set when it was an interrupt
   */
  static StoreException of(String what, Path root, IOException e) {
    if (e instanceof StoreException known) {
      return known;
    }
    if (e instanceof InterruptedIOException) {
      Thread.currentThread().interrupt();
    }
    if (e instanceof ClosedByInterruptException || Thread.currentThread().isInterrupted()) {
      return interrupted(what, e);
    }
    Kind kind = kind(e);
    String path =
        e instanceof FileSystemException f && f.getFile() != null ? f.getFile() : root.toString();
    return new StoreException(kind, what + ": " + path + ": " + advice(e), e);
  }

  /** The failure to give a complete file its final name. */
  static StoreException ofLink(String what, Path root, IOException e) {
    return switch (reason(e)) {
      case "Operation not permitted", "Operation not supported", "Function not implemented" ->
        noLinks(what, root, e);
      case "Invalid cross-device link" ->
        new StoreException(
            Kind.REJECTED,
            what + ": another file system is mounted inside " + root
                + "; keep a repository on one file system",
            e);
      default -> of(what, root, e);
    };
  }

  /** Nothing on a disk keeps the owner of a file from removing it. */
  static StoreException cannotLock(String what) {
    return new StoreException(
        Kind.REJECTED,
        what + ": a directory cannot lock objects; use Amazon S3 or a compatible store, Azure or"
            + " Google Cloud Storage for locks",
        null);
  }

  /** A file system on which two writers could overwrite each other. */
  static StoreException noLinks(String what, Path root, Exception e) {
    return new StoreException(
        Kind.REJECTED,
        what + ": the file system of " + root
            + " has no hard links, without which two writers could overwrite each other;"
            + " use one that has (ext4, XFS, ZFS, NFS), or another provider",
        e);
  }

  static StoreException interrupted(String what, IOException e) {
    return new StoreException(Kind.UNAVAILABLE, what + ": interrupted", e);
  }

  private static Kind kind(IOException e) {
    if (e instanceof NoSuchFileException) {
      return Kind.NOT_FOUND;
    }
    if (e instanceof AccessDeniedException) {
      return Kind.ACCESS_DENIED;
    }
    return switch (reason(e)) {
      case "Permission denied", "Operation not permitted", "Read-only file system" ->
        Kind.ACCESS_DENIED;
      case "File name too long",
          "Not a directory",
          "Is a directory",
          "Too many levels of symbolic links",
          "Invalid argument",
          "Operation not supported",
          "Function not implemented",
          "No such device or address",
          "File too large",
          // As musl says it.
          "Filename too long",
          "Symbolic link loop",
          "Not supported",
          "No such device" -> Kind.REJECTED;
      default -> Kind.UNAVAILABLE;
    };
  }

  private static String advice(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "not there";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied; check owner and mode";
    }
    String reason = reason(e);
    return switch (reason) {
      case "No space left on device" ->
        "no space left on the device; make room or use another disk, then run again";
      case "Disk quota exceeded" -> "the disk quota is used up; make room, then run again";
      case "Read-only file system" -> "the file system is mounted read-only";
      default -> reason;
    };
  }

  private static String reason(IOException e) {
    Optional<String> reason =
        Optional.ofNullable(e instanceof FileSystemException f ? f.getReason() : e.getMessage());
    return reason.orElse(e.getClass().getSimpleName());
  }
}
