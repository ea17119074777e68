package io.coldstream.store.local;

import io.coldstream.store.ObjectName;
import io.coldstream.store.disk.Errno;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * A file among the unfinished ones, and the right to work on it alone: a lock on the file keeps other
 * processes away, a claim on its name other threads of this one. A name is unique and never used
 * again.
 *
 * <p>One that an earlier put left is filled from its start again; what it has already is compared with
 * what comes, and cut off from the first difference on. Used by one thread.
 */
final class WorkFile implements Closeable {

  /**
   * The names that this process works on. Asked before a file is opened, because closing it, by
   * whomever in a process, ends the locks that the process holds on it.
   */
  private static final Set<String> CLAIMED = ConcurrentHashMap.newKeySet();

  private static final Pattern UNIQUE = Pattern.compile("[0-9a-f]{32}");
  private static final int ATTEMPTS = 3;

  private final Path path;
  private final FileOps.Output out;
  private final boolean left;
  private long oldBytes;
  private long filledBytes;

  private WorkFile(Path path, FileOps.Output out, boolean left, long oldBytes) {
    this.path = path;
    this.out = out;
    this.left = left;
    this.oldBytes = oldBytes;
  }

  /** Takes up what an earlier put of an object left, or makes a new file. */
  static WorkFile begin(FileOps ops, Tree tree, ObjectName name) throws IOException {
    Path folder = tree.workplace(name);
    String begins = DiskNames.ofFile(name.lastComponent()) + "%";
    Optional<WorkFile> left = left(ops, folder, begins);
    for (int attempt = 1; left.isEmpty() && attempt <= ATTEMPTS; attempt++) {
      String unique = UUID.randomUUID().toString().replace("-", "");
      left = made(ops, tree, folder.resolve(begins + unique));
    }
    return left.orElseThrow(() -> new IOException("other processes take every new file away"));
  }

  private static Optional<WorkFile> left(FileOps ops, Path folder, String begins)
      throws IOException {
    try (DirectoryStream<Path> names = ops.names(folder)) {
      for (Path path : names) {
        String name = path.getFileName().toString();
        if (name.startsWith(begins)
            && UNIQUE.matcher(name.substring(begins.length())).matches()) {
          Optional<WorkFile> taken = takeIfPossible(ops, path);
          if (taken.isPresent()) {
            return taken;
          }
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return Optional.empty();
  }

  private static Optional<WorkFile> takeIfPossible(FileOps ops, Path path) {
    try {
      return take(ops, path);
    } catch (IOException e) {
      // Another user's, or on a file system without locks: a new file will do.
      return Optional.empty();
    }
  }

  /**
   * Takes a file that is there.
   *
   * @return empty when it is no file, or somebody works on it, or it is gone
   * @throws IOException when it cannot be opened for writing, or not be locked
   */
  static Optional<WorkFile> take(FileOps ops, Path path) throws IOException {
    if (ops.look(path).filter(BasicFileAttributes::isRegularFile).isEmpty() || !claim(path)) {
      return Optional.empty();
    }
    Optional<WorkFile> taken = Optional.empty();
    try {
      FileOps.Output out = ops.reopen(path);
      try {
        if (out.lock()) {
          // Before the lock its owner may have finished, and removed it.
          taken = ops.look(path).map(there -> new WorkFile(path, out, true, there.size()));
        }
      } finally {
        if (taken.isEmpty()) {
          out.close();
        }
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } finally {
      if (taken.isEmpty()) {
        disclaim(path);
      }
    }
    return taken;
  }

  /** Makes a file; empty when another process took it up before it was locked. */
  private static Optional<WorkFile> made(FileOps ops, Tree tree, Path path) throws IOException {
    claim(path);
    boolean ours = false;
    try {
      FileOps.Output out = ops.create(path);
      try {
        ours = isLocked(out, tree);
      } finally {
        if (!ours) {
          out.close();
        }
      }
      return ours ? Optional.of(new WorkFile(path, out, false, 0)) : Optional.empty();
    } finally {
      if (!ours) {
        disclaim(path);
      }
    }
  }

  /** Where there are no locks nobody else gets one, and without one nobody takes it up. */
  private static boolean isLocked(FileOps.Output out, Tree tree) throws IOException {
    try {
      return out.lock();
    } catch (IOException e) {
      if (tree.hasNoLocks(e)) {
        return true;
      }
      throw e;
    }
  }

  private static boolean claim(Path path) {
    return CLAIMED.add(path.getFileName().toString());
  }

  private static void disclaim(Path path) {
    CLAIMED.remove(path.getFileName().toString());
  }

  Path path() {
    return path;
  }

  /** Whether an earlier put left it. */
  boolean isLeft() {
    return left;
  }

  /** How many bytes from the start on were there already and are right; known once it is filled. */
  long keptBytes() {
    return Math.min(oldBytes, filledBytes);
  }

  /** Adds bytes, unless they are there already. */
  void add(byte[] bytes, int length) throws IOException {
    if (filledBytes < oldBytes && !has(bytes, length)) {
      cut();
    }
    if (filledBytes >= oldBytes) {
      out.write(bytes, length, filledBytes);
    }
    filledBytes += length;
  }

  private boolean has(byte[] bytes, int length) throws IOException {
    byte[] there = new byte[length];
    int filled = 0;
    int count = 0;
    while (count >= 0 && filled < length) {
      filled += count;
      count = filled < length ? out.read(there, filled, length - filled, filledBytes + filled) : 0;
    }
    return filled == length && Arrays.equals(there, 0, length, bytes, 0, length);
  }

  private void cut() throws IOException {
    out.cut(filledBytes);
    oldBytes = filledBytes;
  }

  /** Truncates it after what was added, and returns when that is on the device. */
  void finish(Instant modified) throws IOException {
    if (filledBytes < oldBytes) {
      cut();
    }
    date(modified);
    out.sync();
  }

  /** A share that gives all files to another user refuses it: the last write's time is as good. */
  private void date(Instant modified) throws IOException {
    try {
      out.date(modified);
    } catch (IOException e) {
      if (!Errno.EPERM.isOf(e) && !Errno.ENOTSUP.isOf(e) && !Errno.ENOSYS.isOf(e)) {
        throw e;
      }
    }
  }

  /** Lets others have it, if it is still there. */
  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      // What counts is on the device, or else given up.
      return;
    } finally {
      disclaim(path);
    }
  }
}
