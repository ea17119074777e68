package io.coldstream.core.support.disk;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * A file, a folder or another entry of the file system.
 *
 * @param name the last part of its path
 * @param kind what it is; a link is not followed and is {@link Kind#OTHER}
 * @param lengthBytes a file's length, 0 or more; without meaning for the others
 * @param owner whom it belongs to
 */
public record DiskEntry(String name, Kind kind, long lengthBytes, Owner owner) {

  /** What stands under a name. */
  public enum Kind {
    FILE,
    FOLDER,
    /** Anything else: a link, a socket, a device. */
    OTHER
  }

  public DiskEntry {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(owner, "owner");
  }

  /** An entry of a POSIX file system, of its attributes {@code unix:*}. */
  static DiskEntry of(Path path, Map<String, Object> attributes) {
    return new DiskEntry(
        path.getFileName() == null ? "" : path.getFileName().toString(),
        Boolean.TRUE.equals(attributes.get("isRegularFile"))
            ? Kind.FILE
            : Boolean.TRUE.equals(attributes.get("isDirectory")) ? Kind.FOLDER : Kind.OTHER,
        (Long) attributes.get("size"),
        new Owner((Integer) attributes.get("uid"), (Integer) attributes.get("gid")));
  }

  /**
   * Whether this is a regular file.
   *
   * @return true for a file
   */
  public boolean isFile() {
    return kind == Kind.FILE;
  }

  /**
   * Whether this is a folder.
   *
   * @return true for a folder
   */
  public boolean isFolder() {
    return kind == Kind.FOLDER;
  }
}
