package io.coldstream.cli.command;

import io.coldstream.cli.output.EventLines;
import io.coldstream.core.inspect.StreamEvent;
import io.coldstream.core.support.disk.Disk;
import io.coldstream.core.support.disk.DiskFile;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Writes the data and metadata of events into files of a directory, byte for byte. */
final class EventFiles {

  private static final int PIECE_BYTES = 64 * 1024;

  private final Disk disk;
  private final Path folder;

  /**
   * Files in a directory.
   *
   * @param folder absolute; missing or empty
   * @throws RunException {@link Kind#TARGET_REFUSED} when it is not, or cannot be created
   */
  EventFiles(Disk disk, Path folder) throws RunException {
    this.disk = disk;
    this.folder = folder;
    try {
      if (disk.look(folder).filter(found -> !found.isFolder()).isPresent()) {
        throw new RunException(
            Kind.TARGET_REFUSED, "--raw " + folder + " is not a directory; choose another name");
      }
      disk.createFolders(folder);
      if (!disk.list(folder).isEmpty()) {
        throw new RunException(
            Kind.TARGET_REFUSED, "--raw " + folder + " is not empty; choose another directory");
      }
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /** Writes the files of an event. */
  EventLines.Files write(StreamEvent event) throws RunException {
    String name = String.format(Locale.ROOT, "%019d", event.number());
    try {
      write(name + ".data", event.event().data());
      boolean metadata = event.event().metadata().hasRemaining();
      if (metadata) {
        write(name + ".metadata", event.event().metadata());
      }
      return new EventLines.Files(
          name + ".data", metadata ? Optional.of(name + ".metadata") : Optional.empty());
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /** Makes the names durable. */
  void end() throws RunException {
    try {
      disk.sync(folder);
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private void write(String name, ByteBuffer bytes) throws IOException {
    Path unfinished = folder.resolve("." + name + Disk.UNFINISHED);
    try (DiskFile out = disk.append(unfinished)) {
      byte[] piece = new byte[PIECE_BYTES];
      while (bytes.hasRemaining()) {
        int count = Math.min(piece.length, bytes.remaining());
        bytes.get(piece, 0, count);
        out.write(piece, 0, count);
      }
    }
    disk.move(unfinished, folder.resolve(name));
  }

  private static RunException refused(IOException e) {
    return new RunException(Kind.TARGET_REFUSED, "--raw: " + e.getMessage(), e);
  }
}
