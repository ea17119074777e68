package io.coldstream.store.disk;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of files and folders that file systems, file servers, desktops and Kubernetes put into a
 * directory. They are nobody's data, are often not readable, and cannot always be removed.
 */
public final class ForeignNames {

  private static final Set<String> NAMES = Set.of(
      "lost+found", // ext
      ".snapshot", // NetApp
      ".snapshots", // Btrfs
      ".zfs",
      "@eaDir", // Synology
      "#recycle",
      "#snapshot",
      "@Recycle", // QNAP
      "@Recently-Snapshot",
      "$RECYCLE.BIN", // Windows
      "System Volume Information",
      "Thumbs.db",
      "desktop.ini",
      ".Trashes", // macOS
      ".DS_Store");

  /** A file that was deleted while it was open, on NFS. */
  private static final Pattern DELETED = Pattern.compile("\\.nfs\\p{XDigit}+");

  /** The same on FUSE, and a trash folder. */
  private static final Pattern OTHERS = Pattern.compile("\\.fuse_hidden\\p{XDigit}+|\\.Trash-\\d+");

  /** What Kubernetes puts into the volume of a secret or a configuration. */
  private static final Pattern MOUNTED =
      Pattern.compile("\\.\\.data(_tmp)?|\\.\\.\\d{4}_\\d\\d_\\d\\d_[\\d_.]+");

  private ForeignNames() {}

  /**
   * Whether a name is one of these.
   *
   * @param name the last part of a path
   * @return true when the entry is to be passed over
   */
  public static boolean contains(String name) {
    return NAMES.contains(name)
        || isDeleted(name)
        || OTHERS.matcher(name).matches()
        || MOUNTED.matcher(name).matches();
  }

  /**
   * Whether NFS keeps a deleted file under this name until it is closed. Until then its folder cannot
   * be removed.
   *
   * @param name the last part of a path
   * @return true for {@code .nfs} and hexadecimal digits
   */
  public static boolean isDeleted(String name) {
    return DELETED.matcher(name).matches();
  }
}
