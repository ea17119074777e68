package io.coldstream.core.support.disk;

import io.coldstream.store.disk.DiskLimits;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A lock on a file, for which both processes and the threads of this one ask. */
final class LocalLock implements Closeable {

  /**
   * What this process holds. Closing any channel of a file frees the process's lock on it, so that a
   * file that is locked here must not even be opened for another attempt.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path name;
  private final FileChannel channel;

  private LocalLock(Path name, FileChannel channel) {
    this.name = name;
    this.channel = channel;
  }

  /** Asks the system for a lock. */
  @FunctionalInterface
  interface Attempt {

    /** Returns the lock; null when another process holds it. */
    FileLock on(FileChannel channel) throws IOException;
  }

  static LocalLock take(Path file, DiskLimits limits) throws IOException {
    return take(file, limits, FileChannel::tryLock);
  }

  static LocalLock take(Path file, DiskLimits limits, Attempt attempt) throws IOException {
    Path name = file.getParent().toRealPath().resolve(file.getFileName());
    if (!HELD.add(name)) {
      throw inUse(file);
    }
    boolean taken = false;
    try {
      FileChannel channel = FileChannel.open(
          file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      try {
        taken = isLocked(file, channel, limits, attempt);
      } finally {
        if (!taken) {
          channel.close();
        }
      }
      if (!taken) {
        throw inUse(file);
      }
      return new LocalLock(name, channel);
    } finally {
      if (!taken) {
        HELD.remove(name);
      }
    }
  }

  /** Where there are no locks, other threads still ask this process. */
  private static boolean isLocked(
      Path file, FileChannel channel, DiskLimits limits, Attempt attempt) throws IOException {
    try {
      return attempt.on(channel) != null;
    } catch (IOException e) {
      if (limits.hasNoLocks(
          file.getParent(), e, "make sure that no other process restores into this directory")) {
        return true;
      }
      throw e;
    }
  }

  private static DiskException inUse(Path file) {
    return new DiskException(
        DiskException.Kind.IN_USE, "lock", file, "another process is using it", null);
  }

  /** Frees the file; a second time changes nothing. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      try {
        channel.close();
      } finally {
        HELD.remove(name);
      }
    }
  }
}
