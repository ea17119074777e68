package io.coldstream.core.support.disk;

import io.coldstream.store.disk.Errno;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Gives files of root to the user who will work with them.
 *
 * @param owner that user
 */
record OwnerChange(Owner owner) {

  /**
   * Changes the owner. What is new and cannot be given away is removed: its owner could not use it.
   *
   * @throws DiskException {@link DiskException.Kind#NO_OWNER} where the file system does not let root
   *     do that
   */
  void apply(Path path, boolean isNew) throws IOException {
    try {
      Files.setAttribute(path, "unix:gid", owner.group(), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:uid", owner.user(), LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      if (belongsToOwner(path)) {
        return; // a file system whose files all belong to that user
      }
      if (isNew) {
        Files.deleteIfExists(path);
      }
      throw failed(path, e);
    }
  }

  private boolean belongsToOwner(Path path) throws IOException {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        && Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(owner.user());
  }

  private DiskException failed(Path path, IOException e) {
    DiskException failure = DiskException.of("change the owner of", path, e);
    boolean refused = e instanceof AccessDeniedException || Errno.EPERM.isOf(e);
    return refused
        ? new DiskException(
            DiskException.Kind.NO_OWNER,
            "change the owner of",
            path,
            "the file system does not let root give it to user " + owner.user(),
            failure)
        : failure;
  }
}
