package io.coldstream.store.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Continues without what a file system does not support, and warns of each limit once. A failing
 * device (EIO) is never taken for a limit. Thread-safe.
 */
public final class DiskLimits {

  private enum Limit {
    FOLDER_SYNC,
    LOCKS
  }

  private final Consumer<String> warnings;
  private final Set<Limit> told = EnumSet.noneOf(Limit.class);

  /**
   * Limits that nobody was warned of yet.
   *
   * @param warnings receives each warning, a sentence that names a path
   */
  public DiskLimits(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  /** Makes the names in a folder durable. */
  @FunctionalInterface
  public interface FolderSync {

    /** Syncs the folder; throws what the system says. */
    void of(Path folder) throws IOException;
  }

  /**
   * Asks the system to make the names in a folder durable.
   *
   * @param folder which folder
   * @throws IOException when they may not be durable, also when the file system does not support it
   */
  public static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Makes the names in a folder durable, as far as the file system supports that: some network shares
   * answer that fsync of a folder is an invalid argument, or not supported.
   *
   * @param folder which folder
   * @param sync does it
   * @param afterPowerCut what to do after a power cut, as a clause
   * @throws IOException when it failed for any other reason
   */
  public void sync(Path folder, FolderSync sync, String afterPowerCut) throws IOException {
    try {
      sync.of(folder);
    } catch (IOException e) {
      if (!Errno.EINVAL.isOf(e) && !isUnsupported(e)) {
        throw e;
      }
      warn(
          Limit.FOLDER_SYNC,
          "the file system of " + folder + " cannot sync a directory (" + e.getMessage()
              + "), as some network shares: after a power cut the newest directory entries may be"
              + " lost; " + afterPowerCut);
    }
  }

  /**
   * Judges a failure to lock a file.
   *
   * @param folder the folder that is named in the warning
   * @param failure what the system said
   * @param risk what can happen without a lock, and what to do about it, as a clause
   * @return whether the file system has no locks; false: it failed for any other reason
   */
  public boolean hasNoLocks(Path folder, IOException failure, String risk) {
    boolean none = Errno.ENOLCK.isOf(failure) || isUnsupported(failure);
    if (none) {
      warn(
          Limit.LOCKS,
          "the file system of " + folder + " has no file locks (" + failure.getMessage()
              + "; on NFS: lockd does not run, or does not reach the server): " + risk);
    }
    return none;
  }

  private static boolean isUnsupported(IOException e) {
    return Errno.ENOTSUP.isOf(e) || Errno.ENOSYS.isOf(e);
  }

  private void warn(Limit limit, String text) {
    boolean first;
    synchronized (told) {
      first = told.add(limit);
    }
    if (first) {
      warnings.accept(text);
    }
  }
}
