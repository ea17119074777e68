package io.coldstream.store.local;

import io.coldstream.store.disk.ForeignNames;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the components of object names are written as names of files and folders.
 *
 * <p>The port allows {@code a} and {@code a/b} side by side; a directory does not, so that no
 * component may be a file and a folder under one disk name. What looks like a file (it has
 * a dot, or ends in a dash and 16, 32 or 64 hex digits) is plain as a file and gets {@code %d} behind
 * it as a folder; everything else is plain as a folder and gets {@code %f} behind it as a file. A
 * component that itself ends in one of the two always gets its mark, and so does one that file systems
 * use for themselves, such as {@code lost+found}: under its plain name nothing is listed or entered. Every name of the repository
 * format is plain under this rule, so that a directory repository looks like the one in a bucket and
 * either can be copied into the other.
 */
final class DiskNames {

  /** Holds unfinished uploads; has a dot, and no object's folder is called so. */
  static final String UNFINISHED = ".coldstream-unfinished";

  private static final String FILE = "%f";
  private static final String FOLDER = "%d";
  private static final Pattern LOOKS_LIKE_FILE =
      Pattern.compile("[^.]*\\..*|.*-(\\p{XDigit}{16}|\\p{XDigit}{32}|\\p{XDigit}{64})");

  private DiskNames() {}

  static String ofFile(String component) {
    return looksLikeFile(component) && !alwaysMarked(component) ? component : component + FILE;
  }

  static String ofFolder(String component) {
    return looksLikeFile(component) || alwaysMarked(component) ? component + FOLDER : component;
  }

  /** A component as a listing meets it, or a folder's with a closing slash. */
  static Optional<String> keyOf(String diskName) {
    if (!marked(diskName)) {
      return Optional.of(looksLikeFile(diskName) ? diskName : diskName + "/");
    }
    String component = diskName.substring(0, diskName.length() - 2);
    if (diskName.equals(ofFile(component))) {
      return Optional.of(component);
    }
    return diskName.equals(ofFolder(component)) ? Optional.of(component + "/") : Optional.empty();
  }

  /** Whether a name in the store's directory is nobody's object and nothing to tell of. */
  static boolean isPassedOver(String diskName) {
    return diskName.equals(UNFINISHED) || ForeignNames.contains(diskName);
  }

  private static boolean alwaysMarked(String component) {
    return marked(component) || ForeignNames.contains(component);
  }

  private static boolean marked(String name) {
    return name.endsWith(FILE) || name.endsWith(FOLDER);
  }

  private static boolean looksLikeFile(String component) {
    return LOOKS_LIKE_FILE.matcher(component).matches();
  }
}
