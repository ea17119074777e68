package io.coldstream.store.local;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.disk.DiskLimits;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The store's directory: where an object's file is in it, and its folders.
 *
 * <p>Nothing inside it is reached through a symbolic link. The directory itself may be one, and is
 * made by the first put if the folder that is to hold it exists: a disk that is not mounted, or a
 * mistyped path, is reported and not filled.
 */
final class Tree {

  private static final String AFTER_POWER_CUT = "then run coldstream verify";

  private final FileOps ops;
  private final DiskLimits limits;
  private final Path root;
  private final Set<Path> lasting = ConcurrentHashMap.newKeySet();

  Tree(FileOps ops, DiskLimits limits, Path root) {
    this.ops = ops;
    this.limits = limits;
    this.root = root;
  }

  Path root() {
    return root;
  }

  /** An object's file, and what the file system says of it. */
  record Found(Path path, StoredObject object) {}

  /** The file of an object, if it is there and a file. */
  Optional<Found> find(ObjectName name) throws IOException {
    Optional<Path> folder = folder(parent(name));
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    Path path = resolve(folder.get(), DiskNames.ofFile(name.lastComponent()));
    return ops.look(path)
        .filter(BasicFileAttributes::isRegularFile)
        .map(attributes -> new Found(path, object(name, attributes)));
  }

  static StoredObject object(ObjectName name, BasicFileAttributes attributes) {
    // An inode's number is used again at once; together with time and length it is not.
    String version = attributes.fileKey() + "@" + attributes.lastModifiedTime().toInstant() + "+"
        + attributes.size();
    return new StoredObject(name, attributes.size(), version);
  }

  /** The folder of a prefix, if it is there and a folder. */
  Optional<Path> folder(ObjectPrefix prefix) throws IOException {
    if (!rootIsThere()) {
      return Optional.empty();
    }
    return below(root, prefix);
  }

  /** The folder of a prefix below another one, if it exists and is a folder. */
  Optional<Path> below(Path start, ObjectPrefix prefix) throws IOException {
    Path folder = start;
    for (String component : components(prefix)) {
      folder = resolve(folder, DiskNames.ofFolder(component));
      if (ops.look(folder).filter(BasicFileAttributes::isDirectory).isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.of(folder);
  }

  /** Where an object's file is to stand, its folders made and on the device. */
  Path place(ObjectName name) throws IOException {
    makeRoot();
    Path folder = root;
    for (String component : components(parent(name))) {
      folder = resolve(folder, DiskNames.ofFolder(component));
      make(folder, true);
    }
    return resolve(folder, DiskNames.ofFile(name.lastComponent()));
  }

  /** The folder in which an object's bytes are written before they are complete; it is made. */
  Path workplace(ObjectName name) throws IOException {
    makeRoot();
    Path folder = unfinished();
    make(folder, false);
    for (String component : components(parent(name))) {
      folder = resolve(folder, DiskNames.ofFolder(component));
      make(folder, false);
    }
    return folder;
  }

  /** The folder that holds what is not complete. */
  Path unfinished() {
    return root.resolve(DiskNames.UNFINISHED);
  }

  /** Returns when the names in a folder are on the device, as far as the file system can tell. */
  void sync(Path folder) throws IOException {
    limits.sync(folder, ops::syncFolder, AFTER_POWER_CUT);
  }

  /** Whether a file could not be locked because the file system has no locks. */
  boolean hasNoLocks(IOException failure) {
    return limits.hasNoLocks(root, failure, "an interrupted upload begins again from its start");
  }

  /** A folder has vanished: what was known of folders no longer counts. */
  void forget() {
    lasting.clear();
  }

  /** The prefix that an object stands under. */
  static ObjectPrefix parent(ObjectName name) {
    return new ObjectPrefix(name.value().substring(0, name.value().lastIndexOf('/') + 1));
  }

  private static String[] components(ObjectPrefix prefix) {
    return prefix.value().isEmpty() ? new String[0] : prefix.value().split("/");
  }

  private boolean rootIsThere() throws IOException {
    if (ops.leadsToFolder(root)) {
      return true;
    }
    if (!ops.leadsToFolder(root.getParent())) {
      throw new StoreException(
          Kind.REJECTED,
          "the folder " + root.getParent()
              + ", which is to hold the repository, does not exist (is the disk mounted?)",
          null);
    }
    // Looked at again at the end: another writer may make it just now.
    if (ops.look(root).isPresent() && !ops.leadsToFolder(root)) {
      throw new StoreException(Kind.REJECTED, root + " is not a folder", null);
    }
    return false;
  }

  private void makeRoot() throws IOException {
    if (!lasting.contains(root)) {
      if (rootIsThere()) {
        lasting.add(root);
      } else {
        make(root, true);
      }
    }
  }

  /**
   * Makes a folder unless it is there. One that someone else has just made may not be on the device
   * yet, so that its parent is synced in any case, once.
   */
  private void make(Path folder, boolean lastingly) throws IOException {
    if (lasting.contains(folder)) {
      return;
    }
    Optional<BasicFileAttributes> there = ops.look(folder);
    if (there.isEmpty()) {
      try {
        makeIn(folder);
      } catch (FileAlreadyExistsException e) {
        // Another writer was faster.
        there = ops.look(folder);
      }
    }
    if (there.isPresent() && !there.get().isDirectory()) {
      throw new StoreException(
          Kind.REJECTED,
          folder + " is in the way: it is a link or a file where a folder of this store belongs",
          null);
    }
    if (lastingly) {
      sync(folder.getParent());
    }
    lasting.add(folder);
  }

  /** Where a parent exists and takes no folder, as in /proc, the system says that it does not exist. */
  private void makeIn(Path folder) throws IOException {
    try {
      ops.makeFolder(folder);
    } catch (NoSuchFileException first) {
      if (!ops.leadsToFolder(folder.getParent())) {
        throw first;
      }
      try {
        // The parent may have been removed and made again meanwhile.
        ops.makeFolder(folder);
      } catch (NoSuchFileException second) {
        throw ops.leadsToFolder(folder.getParent())
            ? new StoreException(
                Kind.REJECTED,
                "no folder can be made in " + folder.getParent() + "; choose another place for the"
                    + " repository",
                second)
            : second;
      }
    }
  }

  private static Path resolve(Path folder, String diskName) throws StoreException {
    try {
      return folder.resolve(diskName);
    } catch (InvalidPathException e) {
      throw new StoreException(
          Kind.REJECTED,
          "'" + diskName + "' cannot be a file name in this process; run it in a UTF-8 locale",
          e);
    }
  }
}
