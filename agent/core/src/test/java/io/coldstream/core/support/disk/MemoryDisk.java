package io.coldstream.core.support.disk;

import io.coldstream.core.support.disk.MemoryNodes.FileNode;
import io.coldstream.core.support.disk.MemoryNodes.FolderNode;
import io.coldstream.core.support.disk.MemoryNodes.Node;
import io.coldstream.store.testkit.Crash;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What a {@link CrashingDisk} and its views share. All of it is guarded by this. */
final class MemoryDisk {

  final FolderNode root;
  final Set<Path> locks = new HashSet<>();
  final Set<Path> shared = new HashSet<>();
  boolean network;
  long capacityBytes = 1L << 40;
  Owner user = new Owner(1000, 1000);
  int operations;
  int planned;
  Optional<DiskException.Kind> failure = Optional.empty();
  boolean happened;
  private boolean dead;

  MemoryDisk(FolderNode root) {
    this.root = root;
  }

  /** Counts an operation; whether it is the one at which the process dies. */
  boolean diesAt(String operation, Path path) throws DiskException {
    if (dead) {
      throw new Crash(operation + " " + path + ", after its end");
    }
    operations++;
    if (operations != planned) {
      return false;
    }
    happened = true;
    if (failure.isPresent()) {
      throw new DiskException(failure.get(), operation, path, "planned " + failure.get(), null);
    }
    dead = true;
    return true;
  }

  void step(String operation, Path path) throws DiskException {
    if (diesAt(operation, path)) {
      throw new Crash(operation + " " + path);
    }
  }

  FolderNode folder(String operation, Path path) throws DiskException {
    Node node = MemoryNodes.find(root, path).orElseThrow(() -> missing(operation, path));
    if (node instanceof FolderNode folder) {
      return folder;
    }
    throw new DiskException(DiskException.Kind.FAILED, operation, path, "it is a file", null);
  }

  FileNode file(String operation, Path path) throws DiskException {
    Node node = MemoryNodes.find(root, path).orElseThrow(() -> missing(operation, path));
    if (node instanceof FileNode file) {
      return file;
    }
    throw new DiskException(DiskException.Kind.FAILED, operation, path, "it is a folder", null);
  }

  DiskException missing(String operation, Path path) {
    return new DiskException(
        DiskException.Kind.MISSING, operation, path, "no such file or folder", null);
  }
}
