package io.coldstream.store.local;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.spi.Permission;
import io.coldstream.store.spi.StoreFact;
import io.coldstream.store.spi.StoreFact.Topic;
import io.coldstream.store.spi.StoreReport;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a file system reports about a directory. */
final class LocalInspection {

  private LocalInspection() {}

  /** Asks about the store's directory, or, before the first backup, about the one above it. */
  static StoreReport of(Path root) throws StoreException {
    Path there = Files.exists(root) ? root : root.getParent();
    if (!Files.isDirectory(there)) {
      throw new StoreException(
          Kind.REJECTED,
          there
              + (there.equals(root)
                  ? " is not a folder"
                  : ", which is to hold the repository,"
                      + " does not exist (is the disk mounted?)"),
          null);
    }
    return new StoreReport(
        Optional.empty(),
        false,
        List.of(
            StoreFact.good(Topic.IDENTITY, "user " + System.getProperty("user.name")),
            StoreFact.good(Topic.REGION, "this machine, or what is mounted on it"),
            store(there),
            StoreFact.unknown(
                Topic.VERSIONING, "a directory keeps no versions: what is removed is gone"),
            StoreFact.unknown(Topic.RETENTION, "a directory locks nothing"),
            StoreFact.unknown(Topic.EXPIRY, "a directory removes nothing by itself"),
            StoreFact.unknown(Topic.ENCRYPTION, "the file system's own, if it has one")));
  }

  private static StoreFact store(Path there) {
    try {
      FileStore store = Files.getFileStore(there);
      return StoreFact.good(Topic.STORE, "a directory on " + store.type());
    } catch (IOException e) {
      return StoreFact.unknown(Topic.STORE, "a directory on an unknown file system");
    }
  }

  static String permission(Permission need) {
    return switch (need) {
      case LIST, READ -> "reading and searching the folders (r-x), reading the files (r--)";
      case CREATE, CREATE_IN_PARTS, DELETE, REMOVE_UNFINISHED_UPLOADS ->
        "writing into the folders (rwx)";
      case LOCK, READ_LOCK, USE_KEY -> "nothing";
    };
  }
}
