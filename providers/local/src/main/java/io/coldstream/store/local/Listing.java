package io.coldstream.store.local;

import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPage;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.StoredObject;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Walks folders for one page of a listing. In each folder on the way it keeps no more names than a
 * page has, however many there are.
 *
 * <p>The order: a file is its name, a folder its name and a slash, because everything in it begins so;
 * these keys are walked in the order of their UTF-8 bytes.
 */
final class Listing {

  private final FileOps ops;
  private final int pageSize;
  private final String after;
  private final List<StoredObject> objects = new ArrayList<>();
  private final Map<ObjectName, Instant> times = new HashMap<>();
  private int foreign;

  private Listing(FileOps ops, int pageSize, String after) {
    this.ops = ops;
    this.pageSize = pageSize;
    this.after = after;
  }

  /** Something in a folder that holds, or may hold, names of the page. */
  private record Entry(String key, Path path) {
    boolean isFolder() {
      return key.endsWith("/");
    }
  }

  /**
   * One page.
   *
   * @param ops the file system
   * @param folder the prefix's folder
   * @param prefix the prefix
   * @param from where the page starts
   * @param pageSize most objects on it
   * @return the page
   */
  static ListPage page(FileOps ops, Path folder, ObjectPrefix prefix, ListCursor from, int pageSize)
      throws IOException {
    String after = from.after().map(ObjectName::value).orElse("");
    Listing listing = new Listing(ops, pageSize, after);
    listing.walk(folder, prefix.value());
    List<StoredObject> found = listing.objects;
    if (found.size() <= pageSize) {
      return new ListPage(found, listing.times, Optional.empty(), listing.foreign);
    }
    List<StoredObject> page = found.subList(0, pageSize);
    ListCursor next = ListCursor.after(page.get(pageSize - 1).name());
    listing.times.remove(found.get(pageSize).name());
    return new ListPage(page, listing.times, Optional.of(next), listing.foreign);
  }

  /** Adds the content of a folder, until there is one object more than fits on the page. */
  private void walk(Path folder, String base) throws IOException {
    List<Entry> batch;
    String beyond = "";
    do {
      batch = smallest(folder, base, beyond);
      for (Entry entry : batch) {
        if (full()) {
          return;
        }
        if (entry.isFolder()) {
          walkIfFolder(entry);
        } else {
          addIfFile(entry);
        }
        beyond = entry.key();
      }
    } while (batch.size() > pageSize && !full());
  }

  private boolean full() {
    return objects.size() > pageSize;
  }

  private void walkIfFolder(Entry entry) throws IOException {
    Optional<BasicFileAttributes> there = ops.look(entry.path());
    if (there.isPresent() && there.get().isDirectory()) {
      walk(entry.path(), entry.key());
    } else if (there.isPresent()) {
      foreign++;
    }
  }

  private void addIfFile(Entry entry) throws IOException {
    Optional<BasicFileAttributes> there = ops.look(entry.path());
    if (there.isPresent() && there.get().isRegularFile()) {
      ObjectName name = new ObjectName(entry.key());
      objects.add(Tree.object(name, there.get()));
      times.put(name, there.get().lastModifiedTime().toInstant());
    } else if (there.isPresent()) {
      foreign++;
    }
  }

  /** The first entries of a folder after a key, in order: all of them, or one more than a page. */
  private List<Entry> smallest(Path folder, String base, String beyond) throws IOException {
    Comparator<Entry> order = (a, b) -> compare(a.key(), b.key());
    PriorityQueue<Entry> kept = new PriorityQueue<>(order.reversed());
    try (DirectoryStream<Path> names = ops.names(folder)) {
      for (Path path : names) {
        Optional<Entry> entry = entry(path, base, beyond.isEmpty());
        if (entry.isPresent() && isWanted(entry.get().key(), beyond)) {
          kept.add(entry.get());
          if (kept.size() > pageSize + 1) {
            kept.remove();
          }
        }
      }
    } catch (NoSuchFileException e) {
      // Removed since its parent was read: it holds nothing.
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return kept.stream().sorted(order).toList();
  }

  private Optional<Entry> entry(Path path, String base, boolean countForeign) {
    String diskName = path.getFileName().toString();
    if (DiskNames.isPassedOver(diskName)) {
      return Optional.empty();
    }
    Optional<String> key = DiskNames.keyOf(diskName)
        .map(k -> base + k)
        .filter(k -> isText(path.getFileName()) && isName(k));
    if (key.isEmpty() && countForeign) {
      foreign++;
    }
    return key.map(k -> new Entry(k, path));
  }

  /** A name whose bytes are no text in this locale comes back as other bytes, or not at all. */
  private static boolean isText(Path diskName) {
    try {
      return diskName.getFileSystem().getPath(diskName.toString()).equals(diskName);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static boolean isName(String key) {
    try {
      Object checked = key.endsWith("/") ? new ObjectPrefix(key) : new ObjectName(key);
      return checked != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private boolean isWanted(String key, String beyond) {
    boolean mayHoldMore = compare(key, after) > 0 || (key.endsWith("/") && after.startsWith(key));
    return mayHoldMore && compare(key, beyond) > 0;
  }

  /** The order of UTF-8 bytes: that of UTF-16, but for surrogates, which come after everything. */
  private static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return Character.isSurrogate(x) == Character.isSurrogate(y)
            ? Character.compare(x, y)
            : Boolean.compare(Character.isSurrogate(x), Character.isSurrogate(y));
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
