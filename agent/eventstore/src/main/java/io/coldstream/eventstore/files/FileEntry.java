package io.coldstream.eventstore.files;

/**
 * An entry of a folder.
 *
 * @param name the bare name
 * @param kind what it is, after following links
 * @param lengthBytes its length when it was listed, 0 for what is no file
 */
public record FileEntry(String name, Kind kind, long lengthBytes) {

  /** What an entry is, after following links. */
  public enum Kind {
    /** A regular file, or a link to one. */
    FILE,
    /** A folder, or a link to one. */
    FOLDER,
    /** Anything else: a socket, a pipe, a link that leads nowhere. */
    OTHER
  }

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException for an empty name, one with a slash, or a negative length
   */
  public FileEntry {
    if (name.isEmpty() || name.indexOf('/') >= 0 || lengthBytes < 0) {
      throw new IllegalArgumentException("entry '" + name + "' of " + lengthBytes + " bytes");
    }
  }

  /** {@return whether it is a regular file} */
  public boolean isFile() {
    return kind == Kind.FILE;
  }
}
