package io.coldstream.core.support.disk;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Folders and files of a {@link CrashingDisk}: what is there, and what would be there after a crash. */
final class MemoryNodes {

  /** A file or a folder. */
  abstract static sealed class Node {
    Owner owner;

    Node(Owner owner) {
      this.owner = owner;
    }

    /** What a crash leaves of it. */
    abstract Node survivor(CrashingDisk.Loss loss);
  }

  /** A file's content, and the part of it that is durable. */
  static final class FileNode extends Node {
    private byte[] buffer = new byte[256];
    private int length;
    private byte[] durable = new byte[0];

    FileNode(Owner owner) {
      super(owner);
    }

    void append(byte[] bytes, int offset, int count) {
      if (length + count > buffer.length) {
        buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + count));
      }
      System.arraycopy(bytes, offset, buffer, length, count);
      length += count;
    }

    void sync() {
      durable = content();
    }

    byte[] content() {
      return Arrays.copyOf(buffer, length);
    }

    int length() {
      return length;
    }

    @Override
    Node survivor(CrashingDisk.Loss loss) {
      FileNode left = new FileNode(owner);
      byte[] bytes = loss == CrashingDisk.Loss.NOTHING ? content() : durable;
      left.append(bytes, 0, bytes.length);
      left.sync();
      return left;
    }
  }

  /** A folder's names, and those of them that are durable. */
  static final class FolderNode extends Node {
    final Map<String, Node> names = new TreeMap<>();
    private Map<String, Node> durable = Map.of();

    FolderNode(Owner owner) {
      super(owner);
    }

    void sync() {
      durable = Map.copyOf(names);
    }

    @Override
    FolderNode survivor(CrashingDisk.Loss loss) {
      FolderNode left = new FolderNode(owner);
      Map<String, Node> kept = loss == CrashingDisk.Loss.ALL_UNSYNCED ? durable : names;
      kept.forEach((name, node) -> left.names.put(name, node.survivor(loss)));
      left.sync();
      return left;
    }
  }

  private MemoryNodes() {}

  /** Finds what stands under a path. */
  static Optional<Node> find(FolderNode root, Path path) {
    Node at = root;
    for (Path part : path) {
      if (!(at instanceof FolderNode folder) || !folder.names.containsKey(part.toString())) {
        return Optional.empty();
      }
      at = folder.names.get(part.toString());
    }
    return Optional.of(at);
  }

  /** The bytes that all files hold. */
  static long usedBytes(Node node) {
    if (node instanceof FileNode file) {
      return file.length();
    }
    return ((FolderNode) node)
        .names.values().stream().mapToLong(MemoryNodes::usedBytes).sum();
  }
}
