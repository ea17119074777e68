package io.coldstream.store.disk;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Set;

/**
 * An error number of the operating system. Java has no type for these and hands on the C library's
 * text only: as the reason of a {@link FileSystemException}, else as the message. The text is in the
 * language of {@code LC_MESSAGES}; the launcher sets that to C. A text that is not known here is none
 * of these.
 */
public enum Errno {
  EINVAL("Invalid argument"),
  /** Also {@code EOPNOTSUPP}. */
  ENOTSUP("Operation not supported", "Not supported"),
  ENOSYS("Function not implemented"),
  ENOLCK("No locks available"),
  EPERM("Operation not permitted");

  private final Set<String> texts;

  /** The texts of glibc and of musl. */
  Errno(String... texts) {
    this.texts = Set.of(texts);
  }

  /**
   * Whether a failure has this number.
   *
   * @param failure what Java threw
   * @return false also when the text is in another language
   */
  public boolean isOf(IOException failure) {
    String text = failure instanceof FileSystemException f ? f.getReason() : failure.getMessage();
    return text != null && texts.contains(text);
  }
}
