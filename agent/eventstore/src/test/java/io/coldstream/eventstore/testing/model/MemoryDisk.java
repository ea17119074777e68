package io.coldstream.eventstore.testing.model;

import io.coldstream.eventstore.files.DatabaseFiles;
import io.coldstream.eventstore.files.FileEntry;
import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A disk in memory with the ways of a Unix one: a rename is atomic and replaces, an open file keeps
 * its bytes after it was unlinked. Each call is one atomic operation; safe for several threads.
 */
public final class MemoryDisk implements DatabaseFiles {

  private final NavigableMap<Path, Node> files = new TreeMap<>();
  private final NavigableSet<Path> folders = new TreeSet<>();
  private int openFiles;

  /** Makes a folder and its parents. */
  public synchronized void makeFolder(Path folder) {
    for (Path each = folder; each != null; each = each.getParent()) {
      folders.add(each);
    }
  }

  /** Creates a file, or empties it, and gives it bytes. */
  public synchronized void create(Path file, byte[] bytes) {
    if (!folders.contains(file.getParent())) {
      throw new IllegalStateException("no folder for " + file);
    }
    Node node = new Node();
    node.write(0, bytes);
    files.put(file, node);
  }

  /** Overwrites a range in place; the file grows where that is needed. */
  public synchronized void write(Path file, long position, byte[] bytes) {
    node(file).write((int) position, bytes);
  }

  /** Cuts a file, or extends it by zeros. */
  public synchronized void setLength(Path file, long lengthBytes) {
    node(file).setLength((int) lengthBytes);
  }

  /** Gives a file another name; what stood there is unlinked. */
  public synchronized void rename(Path from, Path to) {
    files.put(to, node(from));
    files.remove(from);
  }

  /** Unlinks a file, if it is there. */
  public synchronized void delete(Path file) {
    files.remove(file);
  }

  /** Whether the file is there. */
  public synchronized boolean exists(Path file) {
    return files.containsKey(file);
  }

  /** All bytes of a file. */
  public synchronized byte[] bytes(Path file) {
    Node node = node(file);
    return Arrays.copyOf(node.bytes, node.length);
  }

  /** The names of the files in a folder, in order. */
  public synchronized List<String> fileNames(Path folder) {
    return files.keySet().stream()
        .filter(file -> folder.equals(file.getParent()))
        .map(file -> file.getFileName().toString())
        .toList();
  }

  /** How many descriptors are open, to find leaks. */
  public synchronized int openFiles() {
    return openFiles;
  }

  @Override
  public synchronized List<FileEntry> list(Path folder) throws IOException {
    if (files.containsKey(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    if (!folders.contains(folder)) {
      throw new NoSuchFileException(folder.toString());
    }
    NavigableMap<String, FileEntry> found = new TreeMap<>();
    for (Path each : folders) {
      if (folder.equals(each.getParent())) {
        String name = each.getFileName().toString();
        found.put(name, new FileEntry(name, FileEntry.Kind.FOLDER, 0));
      }
    }
    for (String name : fileNames(folder)) {
      long length = files.get(folder.resolve(name)).length;
      found.put(name, new FileEntry(name, FileEntry.Kind.FILE, length));
    }
    return new ArrayList<>(found.values());
  }

  @Override
  public synchronized OpenFile open(Path file) throws IOException {
    if (folders.contains(file)) {
      throw new FileSystemException(file.toString(), null, "Is a directory");
    }
    Node node = files.get(file);
    if (node == null) {
      throw new NoSuchFileException(file.toString());
    }
    openFiles++;
    return new Descriptor(file.getFileName().toString(), node);
  }

  private Node node(Path file) {
    Node node = files.get(file);
    if (node == null) {
      throw new IllegalStateException("the model lost " + file);
    }
    return node;
  }

  private static final class Node {
    private byte[] bytes = new byte[0];
    private int length;

    private void write(int position, byte[] source) {
      if (position + source.length > length) {
        setLength(position + source.length);
      }
      System.arraycopy(source, 0, bytes, position, source.length);
    }

    private void setLength(int wanted) {
      if (wanted > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(wanted, bytes.length * 2));
      }
      if (wanted < length) {
        Arrays.fill(bytes, wanted, length, (byte) 0);
      }
      length = wanted;
    }
  }

  private final class Descriptor implements OpenFile {
    private final String name;
    private final Node node;
    private boolean closed;

    private Descriptor(String name, Node node) {
      this.name = name;
      this.node = node;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public long lengthBytes() throws IOException {
      synchronized (MemoryDisk.this) {
        checkOpen();
        return node.length;
      }
    }

    @Override
    public int read(ByteBuffer into, long positionBytes) throws IOException {
      synchronized (MemoryDisk.this) {
        checkOpen();
        if (!into.hasRemaining()) {
          return 0;
        }
        if (positionBytes >= node.length) {
          return -1;
        }
        int count = (int) Math.min(into.remaining(), node.length - positionBytes);
        into.put(node.bytes, (int) positionBytes, count);
        return count;
      }
    }

    @Override
    public void close() {
      synchronized (MemoryDisk.this) {
        if (!closed) {
          closed = true;
          openFiles--;
        }
      }
    }

    private void checkOpen() throws IOException {
      if (closed) {
        throw new ClosedChannelException();
      }
    }
  }
}
