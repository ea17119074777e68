package io.coldstream.core.node;

import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.support.disk.Disk;
import io.coldstream.core.support.disk.DiskEntry;
import io.coldstream.core.support.disk.DiskException;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.support.json.FormatException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Notes in the state folder of what is paused on nodes: each is durable before something is paused,
 * and is removed when all of it runs again. They are the only files there that are not hints.
 */
public final class PausedNotes {

  private static final String PREFIX = "paused-node-";
  private static final String NOTE = ".json";
  private static final String LOCK = ".lock";
  private static final int NAME_DIGITS = 16;
  private static final int MAX_BYTES = 4_096;

  private final Disk disk;
  private final Path folder;

  /**
   * Notes of a folder, which need not exist.
   *
   * @param disk how it is written
   * @param folder the state folder, absolute
   */
  public PausedNotes(Disk disk, Path folder) {
    this.disk = disk;
    this.folder = folder;
  }

  /**
   * Finds what is paused.
   *
   * @return the notes of every node
   * @throws RunException {@link Kind#USAGE} when a note cannot be read; the message names the file
   */
  public List<PausedNode> all() throws RunException {
    List<PausedNode> all = new ArrayList<>();
    try {
      for (DiskEntry entry : disk.list(folder)) {
        if (entry.name().startsWith(PREFIX) && entry.name().endsWith(NOTE)) {
          read(folder.resolve(entry.name())).ifPresent(all::add);
        }
      }
    } catch (DiskException e) {
      if (e.kind() != DiskException.Kind.MISSING) {
        throw unusable(e);
      }
    } catch (IOException e) {
      throw unusable(e);
    }
    return all;
  }

  /**
   * Finds what nobody will resume by itself.
   *
   * @return the notes of nodes that no run keeps quiet at the moment
   * @throws RunException {@link Kind#USAGE} when a note cannot be read
   */
  public List<PausedNode> abandoned() throws RunException {
    List<PausedNode> abandoned = new ArrayList<>();
    for (PausedNode note : all()) {
      if (isFree(note.address())) {
        of(note.address()).ifPresent(abandoned::add);
      }
    }
    return abandoned;
  }

  private boolean isFree(NodeAddress node) throws RunException {
    try {
      lock(node).close();
      return true;
    } catch (RunException e) {
      if (e.kind() == Kind.CONFLICT) {
        return false;
      }
      throw e;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** The note of a node. */
  Optional<PausedNode> of(NodeAddress node) throws RunException {
    return all().stream().filter(note -> note.node().equals(node.toString())).findFirst();
  }

  /** Another run may have removed it since it was listed. */
  private Optional<PausedNode> read(Path file) throws IOException, RunException {
    try {
      return Optional.of(PausedNode.parse(disk.read(file, MAX_BYTES), file.toString()));
    } catch (DiskException e) {
      if (e.kind() == DiskException.Kind.MISSING) {
        return Optional.empty();
      }
      throw e;
    } catch (FormatException e) {
      throw new RunException(
          Kind.USAGE,
          e.getMessage() + ". It says what is paused on a node, and cannot be read: resume the"
              + " node's auto-scavenge and scavenge yourself, then remove the file",
          e);
    }
  }

  /** Makes a note durable, or removes it when it says nothing. */
  void write(PausedNode note) throws RunException {
    Path file = file(note.address(), NOTE);
    try {
      if (note.isNothing()) {
        disk.delete(file);
        disk.sync(folder);
      } else {
        disk.write(file, note.bytes());
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Keeps other runs away from a node. */
  Closeable lock(NodeAddress node) throws RunException {
    try {
      disk.createFolders(folder);
      return disk.lock(file(node, LOCK));
    } catch (DiskException e) {
      if (e.kind() == DiskException.Kind.IN_USE) {
        throw new RunException(
            Kind.CONFLICT,
            "another run of Coldstream keeps the node " + node + " quiet at the moment, or resumes"
                + " it; run this again when it has ended",
            e);
      }
      throw unusable(e);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static RunException unusable(IOException cause) {
    if (cause instanceof ClosedByInterruptException || Thread.currentThread().isInterrupted()) {
      return new RunException(Kind.INTERRUPTED, "stopped", cause);
    }
    return new RunException(
        Kind.USAGE,
        "the state folder must be readable and writable, because a note in it says what is paused"
            + " on a node: " + cause.getMessage() + "; give --state another folder",
        cause);
  }

  private Path file(NodeAddress node, String end) {
    String name = Sha256.of(node.toString().getBytes(StandardCharsets.UTF_8)).hex();
    return folder.resolve(PREFIX + name.substring(0, NAME_DIGITS) + end);
  }
}
