package io.coldstream.core.support.disk;

import io.coldstream.core.support.disk.MemoryNodes.FileNode;
import io.coldstream.core.support.disk.MemoryNodes.FolderNode;
import io.coldstream.core.support.disk.MemoryNodes.Node;
import io.coldstream.store.testkit.Crash;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A disk in memory that counts its operations, dies at a chosen one, then forgets what was not
 * synced; that fails a chosen operation; and that can be full. Thread-safe.
 *
 * <pre>{@code
 * for (int n = 1; ; n++) {
 *   CrashingDisk disk = start.copy().crashAt(n);
 *   ... run, catch Crash, run again on disk.afterCrash(loss), check ...
 *   if (!disk.happened()) break;
 * }
 * }</pre>
 */
public final class CrashingDisk implements Disk {

  /** What a crash takes with it. */
  public enum Loss {
    /** Only the process died: everything written is there. */
    NOTHING,
    /** The machine died: all names are there, but content that was not synced is not. */
    UNSYNCED_CONTENT,
    /** The machine died: names whose folder was not synced are as before, too. */
    ALL_UNSYNCED
  }

  /** What NFS calls the one file that is deleted while it is open. */
  private static final String DELETED = ".nfs00000000000000010000000a";

  private final MemoryDisk state;
  private final Optional<Owner> owner;

  /** An empty disk with a terabyte of space that nothing happens to. */
  public CrashingDisk() {
    this(new MemoryDisk(new FolderNode(new Owner(0, 0))), Optional.empty());
  }

  private CrashingDisk(MemoryDisk state, Optional<Owner> owner) {
    this.state = state;
    this.owner = owner;
  }

  /**
   * The process dies at an operation; a write is then half done, any other not at all.
   *
   * @param operation which, counted from 1 on from now
   * @return this disk
   */
  public CrashingDisk crashAt(int operation) {
    return plan(operation, Optional.empty());
  }

  /**
   * An operation fails, once.
   *
   * @param operation which, counted from 1 on from now
   * @param kind how
   * @return this disk
   */
  public CrashingDisk failAt(int operation, DiskException.Kind kind) {
    return plan(operation, Optional.of(kind));
  }

  private CrashingDisk plan(int operation, Optional<DiskException.Kind> kind) {
    synchronized (state) {
      state.operations = 0;
      state.planned = operation;
      state.failure = kind;
      state.happened = false;
      return this;
    }
  }

  /**
   * Limits the space.
   *
   * @param bytes how much all files may hold
   * @return this disk
   */
  public CrashingDisk capacity(long bytes) {
    synchronized (state) {
      state.capacityBytes = bytes;
      return this;
    }
  }

  /**
   * Changes who is working here.
   *
   * @param user the process's user
   * @return this disk
   */
  public CrashingDisk workedBy(Owner user) {
    synchronized (state) {
      state.user = user;
      return this;
    }
  }

  /**
   * Gives a file or folder to somebody.
   *
   * @param path what
   * @param to whom
   */
  public void give(Path path, Owner to) {
    synchronized (state) {
      MemoryNodes.find(state.root, path).orElseThrow().owner = to;
    }
  }

  /**
   * Lets every user create files in a folder.
   *
   * @param folder which folder
   */
  public void share(Path folder) {
    synchronized (state) {
      state.shared.add(folder);
    }
  }

  /**
   * Behaves as NFS: a file that is deleted while it is locked, and so open, stays under another name
   * until it is closed.
   *
   * @return this disk
   */
  public CrashingDisk onNetwork() {
    synchronized (state) {
      state.network = true;
      return this;
    }
  }

  /**
   * Whether the planned operation was reached.
   *
   * @return true after it
   */
  public boolean happened() {
    synchronized (state) {
      return state.happened;
    }
  }

  /**
   * How many operations there were since the last plan.
   *
   * @return the count
   */
  public int operations() {
    synchronized (state) {
      return state.operations;
    }
  }

  /**
   * The disk that the next process finds, with no plan. This one stays as it is.
   *
   * @param loss what is gone
   * @return a disk of its own
   */
  public CrashingDisk afterCrash(Loss loss) {
    synchronized (state) {
      MemoryDisk next = new MemoryDisk(state.root.survivor(loss));
      next.capacityBytes = state.capacityBytes;
      next.user = state.user;
      next.network = state.network;
      next.shared.addAll(state.shared);
      return new CrashingDisk(next, Optional.empty());
    }
  }

  /**
   * A disk that holds the same, with no plan.
   *
   * @return a disk of its own
   */
  public CrashingDisk copy() {
    return afterCrash(Loss.NOTHING);
  }

  /**
   * Writes what a folder holds into a real one, where other tools can look at it.
   *
   * @param folder here
   * @param real a real folder, created when missing
   */
  public void copyTo(Path folder, Path real) {
    synchronized (state) {
      copyOut(MemoryNodes.find(state.root, folder).orElseThrow(), real);
    }
  }

  private static void copyOut(Node node, Path real) {
    try {
      if (node instanceof FileNode file) {
        Files.write(real, file.content());
      } else {
        Files.createDirectories(real);
        ((FolderNode) node).names.forEach((name, child) -> copyOut(child, real.resolve(name)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<DiskEntry> look(Path path) throws IOException {
    synchronized (state) {
      state.step("look at", path);
      return MemoryNodes.find(state.root, path)
          .map(node -> entry(String.valueOf(path.getFileName()), node));
    }
  }

  private static DiskEntry entry(String name, Node node) {
    return node instanceof FileNode file
        ? new DiskEntry(name, DiskEntry.Kind.FILE, file.length(), node.owner)
        : new DiskEntry(name, DiskEntry.Kind.FOLDER, 0, node.owner);
  }

  @Override
  public List<DiskEntry> list(Path folder) throws IOException {
    synchronized (state) {
      state.step("list", folder);
      List<DiskEntry> entries = new ArrayList<>();
      state.folder("list", folder).names.forEach((name, node) -> entries.add(entry(name, node)));
      return entries;
    }
  }

  @Override
  public InputStream open(Path file) throws IOException {
    synchronized (state) {
      state.step("open", file);
      return new ByteArrayInputStream(state.file("open", file).content());
    }
  }

  @Override
  public DiskFile append(Path file) throws IOException {
    synchronized (state) {
      state.step("open", file);
      if (MemoryNodes.find(state.root, file).isEmpty()) {
        FolderNode parent = state.folder("open", file.getParent());
        parent.names.put(file.getFileName().toString(), new FileNode(owner.orElse(state.user)));
      }
      return new MemoryFile(file, state.file("open", file));
    }
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    synchronized (state) {
      state.step("move", from);
      Node moved =
          MemoryNodes.find(state.root, from).orElseThrow(() -> state.missing("move", from));
      FolderNode target = state.folder("move", to.getParent());
      if (target.names.get(to.getFileName().toString()) instanceof FolderNode) {
        throw new DiskException(
            DiskException.Kind.FAILED, "move", from, "a folder has the new name", null);
      }
      state.folder("move", from.getParent()).names.remove(from.getFileName().toString());
      target.names.put(to.getFileName().toString(), moved);
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    synchronized (state) {
      state.step("delete", path);
      Optional<Node> found = MemoryNodes.find(state.root, path);
      if (found.isPresent()) {
        if (found.get() instanceof FolderNode folder && !folder.names.isEmpty()) {
          throw new DiskException(
              DiskException.Kind.FAILED, "delete", path, "the folder is not empty", null);
        }
        FolderNode parent = state.folder("delete", path.getParent());
        parent.names.remove(path.getFileName().toString());
        if (state.network && state.locks.contains(path)) {
          parent.names.put(DELETED, found.get());
        }
      }
    }
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    synchronized (state) {
      state.step("create folder", folder);
      Optional<Node> found = MemoryNodes.find(state.root, folder);
      if (found.isEmpty()) {
        state
            .folder("create folder", folder.getParent())
            .names
            .put(folder.getFileName().toString(), new FolderNode(owner.orElse(state.user)));
      } else {
        state.folder("create folder", folder);
      }
    }
  }

  @Override
  public void sync(Path folder) throws IOException {
    synchronized (state) {
      state.step("sync", folder);
      state.folder("sync", folder).sync();
    }
  }

  @Override
  public Closeable lock(Path file) throws IOException {
    append(file).close();
    synchronized (state) {
      if (!state.locks.add(file)) {
        throw new DiskException(DiskException.Kind.IN_USE, "lock", file, "it is held", null);
      }
    }
    return () -> {
      synchronized (state) {
        state.locks.remove(file);
        MemoryNodes.find(state.root, file.getParent())
            .ifPresent(folder -> ((FolderNode) folder).names.remove(DELETED));
      }
    };
  }

  @Override
  public Path real(Path path) throws IOException {
    synchronized (state) {
      state.step("look at", path);
      return path.toAbsolutePath().normalize();
    }
  }

  @Override
  public long freeBytes(Path path) throws IOException {
    synchronized (state) {
      state.step("look at", path);
      return Math.max(0, state.capacityBytes - MemoryNodes.usedBytes(state.root));
    }
  }

  @Override
  public String fileSystem(Path path) throws IOException {
    synchronized (state) {
      state.step("look at", path);
      return "memory";
    }
  }

  @Override
  public Owner user() {
    synchronized (state) {
      return state.user;
    }
  }

  @Override
  public void requireWritable(Path folder) throws IOException {
    if (!isWritable(folder)) {
      throw new DiskException(
          DiskException.Kind.NO_ACCESS, "write in", folder, "permission denied", null);
    }
  }

  private boolean isWritable(Path folder) {
    synchronized (state) {
      if (folder.getParent() == null) {
        return true; // everybody creates folders at the top of this disk
      }
      int found = MemoryNodes.find(state.root, folder).orElseThrow().owner.user();
      return state.user.isRoot() || found == state.user.user() || state.shared.contains(folder);
    }
  }

  @Override
  public Disk ownedBy(Owner other) {
    return new CrashingDisk(state, Optional.of(other));
  }

  private final class MemoryFile implements DiskFile {
    private final Path path;
    private final FileNode node;

    private MemoryFile(Path path, FileNode node) {
      this.path = path;
      this.node = node;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      synchronized (state) {
        if (state.diesAt("write", path)) {
          node.append(bytes, offset, length / 2);
          throw new Crash("write " + path);
        }
        long free = state.capacityBytes - MemoryNodes.usedBytes(state.root);
        if (length > free) {
          node.append(bytes, offset, (int) Math.max(0, free));
          throw new DiskException(
              DiskException.Kind.NO_SPACE, "write", path, "no space left on device", null);
        }
        node.append(bytes, offset, length);
      }
    }

    @Override
    public void sync() throws IOException {
      synchronized (state) {
        state.step("sync", path);
        node.sync();
      }
    }

    @Override
    public long lengthBytes() throws IOException {
      synchronized (state) {
        state.step("look at", path);
        return node.length();
      }
    }

    @Override
    public void close() {
      // Closing makes nothing durable, here as on a real disk.
    }
  }
}
