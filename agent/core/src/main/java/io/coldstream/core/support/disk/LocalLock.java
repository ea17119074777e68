package io.coldstream.core.support.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
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

  static LocalLock take(Path file) throws IOException {
    Path name = file.getParent().toRealPath().resolve(file.getFileName());
    if (!HELD.add(name)) {
      throw inUse(file);
    }
    boolean taken = false;
    try {
      FileChannel channel = FileChannel.open(
          file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      try {
        taken = channel.tryLock() != null;
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
