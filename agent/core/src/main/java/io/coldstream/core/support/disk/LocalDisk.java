package io.coldstream.core.support.disk;

import io.coldstream.store.disk.DiskLimits;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The machine's own disks, where users and folders work as on Unix. What a file system does not
 * support is done without, as {@link DiskLimits} says. Thread-safe as {@link Disk} says.
 */
public final class LocalDisk implements Disk {

  private final DiskLimits limits;
  private final Optional<Owner> owner;

  /**
   * These disks.
   *
   * @param warnings receives once what a file system does not support, a sentence that names a path
   */
  public LocalDisk(Consumer<String> warnings) {
    this(new DiskLimits(warnings), Optional.empty());
  }

  /** These disks, of whose limits nobody is told. */
  public LocalDisk() {
    this(limit -> {});
  }

  private LocalDisk(DiskLimits limits, Optional<Owner> owner) {
    this.limits = limits;
    this.owner = owner;
  }

  @Override
  public Optional<DiskEntry> look(Path path) throws IOException {
    return doing("stat", path, () -> {
      try {
        Map<String, Object> found = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
        return Optional.of(DiskEntry.of(path, found));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    });
  }

  @Override
  public List<DiskEntry> list(Path folder) throws IOException {
    List<Path> paths = doing("list", folder, () -> {
      try (Stream<Path> found = Files.list(folder)) {
        return found.toList();
      }
    });
    List<DiskEntry> entries = new ArrayList<>();
    for (Path path : paths) {
      requireText(folder, path.getFileName());
      // What vanished since the listing is not there.
      look(path).ifPresent(entries::add);
    }
    entries.sort(Comparator.comparing(DiskEntry::name));
    return entries;
  }

  /** A name whose bytes are no text would lead to another file when it is used as a name. */
  private static void requireText(Path folder, Path name) throws DiskException {
    boolean text;
    try {
      text = Path.of(name.toString()).equals(name);
    } catch (InvalidPathException e) {
      text = false;
    }
    if (!text) {
      throw new DiskException(
          DiskException.Kind.FAILED,
          "list",
          folder,
          "it contains \"" + name + "\", a name that is not text in this locale's character set;"
              + " rename it or move it away",
          null);
    }
  }

  @Override
  public InputStream open(Path file) throws IOException {
    requireRegular(file);
    return doing("open", file, () -> Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS));
  }

  @Override
  public DiskFile append(Path file) throws IOException {
    boolean isNew = requireRegular(file);
    return doing("open", file, () -> {
      FileChannel channel = FileChannel.open(
          file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      try {
        changeOwner(file, isNew);
        channel.position(channel.size());
        return new LocalFile(file, channel);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    });
  }

  /**
   * Asked before a file is opened: opening a pipe waits for its other end.
   *
   * @return whether there is no such file yet
   */
  private boolean requireRegular(Path file) throws IOException {
    Optional<DiskEntry> there = look(file);
    if (there.filter(found -> !found.isFile()).isPresent()) {
      throw new DiskException(
          DiskException.Kind.FAILED, "open", file, "it is not a regular file", null);
    }
    return there.isEmpty();
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    doing("move", from, () -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE));
  }

  @Override
  public void delete(Path path) throws IOException {
    doing("delete", path, () -> Files.deleteIfExists(path));
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    if (look(folder).filter(DiskEntry::isFolder).isEmpty()) {
      doing("create folder", folder, () -> Files.createDirectory(folder));
      changeOwner(folder, true);
    }
  }

  private void changeOwner(Path path, boolean isNew) throws IOException {
    if (owner.isPresent()) {
      new OwnerChange(owner.get()).apply(path, isNew);
    }
  }

  @Override
  public void sync(Path folder) throws IOException {
    doing("sync", folder, () -> {
      limits.sync(
          folder,
          DiskLimits::force,
          "if there was one during or soon after this restore, run it again");
      return folder;
    });
  }

  @Override
  public Closeable lock(Path file) throws IOException {
    boolean isNew = requireRegular(file);
    return doing("lock", file, () -> {
      LocalLock lock = LocalLock.take(file, limits);
      try {
        changeOwner(file, isNew);
        return lock;
      } catch (IOException e) {
        lock.close();
        throw e;
      }
    });
  }

  @Override
  public Path real(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    Path existing = existing(absolute);
    return doing(
        "stat", absolute, () -> existing.toRealPath().resolve(existing.relativize(absolute)));
  }

  @Override
  public long freeBytes(Path path) throws IOException {
    return doing("stat", path, () -> Files.getFileStore(existing(path)).getUsableSpace());
  }

  @Override
  public String fileSystem(Path path) throws IOException {
    return doing(
        "stat", path, () -> String.valueOf(Files.getAttribute(existing(path), "unix:dev")));
  }

  private static Path existing(Path path) {
    Path at = path;
    while (!Files.exists(at) && at.getParent() != null) {
      at = at.getParent();
    }
    return at;
  }

  @Override
  public Owner user() {
    return Owner.ofProcess();
  }

  @Override
  public void requireWritable(Path folder) throws IOException {
    if (Files.isWritable(folder)) {
      return;
    }
    boolean readOnly = doing("look at", folder, () -> Files.getFileStore(folder).isReadOnly());
    throw readOnly
        ? new DiskException(
            DiskException.Kind.READ_ONLY, "write in", folder, "read-only file system", null)
        : new DiskException(
            DiskException.Kind.NO_ACCESS, "write in", folder, "permission denied", null);
  }

  @Override
  public Disk ownedBy(Owner other) {
    return new LocalDisk(limits, Optional.of(other));
  }

  interface Action<T> {
    T run() throws IOException;
  }

  static <T> T doing(String operation, Path path, Action<T> action) throws IOException {
    try {
      return action.run();
    } catch (DiskException | ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw DiskException.of(operation, path, e);
    }
  }
}
