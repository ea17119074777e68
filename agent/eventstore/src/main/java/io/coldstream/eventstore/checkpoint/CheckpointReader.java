package io.coldstream.eventstore.checkpoint;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.files.DatabaseFiles;
import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads checkpoint files of a node that may be writing them: the file is read until two reads agree
 * ({@code database-files.md#r13}, files as in {@code database-files.md#s2}, 5.0 to 26.1), since
 * nothing promises that 8 bytes are written at once.
 */
public final class CheckpointReader {

  /** More changes than this between two reads would mean that something else is wrong. */
  private static final int MAX_READS = 1000;

  private CheckpointReader() {}

  /**
   * Reads one checkpoint file.
   *
   * @param files the view to read through
   * @param folder the database folder
   * @param name which checkpoint
   * @return its value; empty when there is no such file, which the server would create with its
   *     initial value
   * @throws DatabaseException when the file is not a checkpoint, or never holds still
   * @throws IOException when it cannot be read
   */
  public static Optional<Checkpoint> read(DatabaseFiles files, Path folder, CheckpointName name)
      throws IOException {
    try (OpenFile file = files.open(folder.resolve(name.fileName()))) {
      byte[] before = read(file, name);
      for (int i = 1; i < MAX_READS; i++) {
        byte[] again = read(file, name);
        if (Arrays.equals(before, again)) {
          return Optional.of(Checkpoint.fromBytes(name, again));
        }
        before = again;
      }
      throw DatabaseException.changed(
          name.fileName(), name.invariant(), "was different in each of " + MAX_READS + " reads");
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static byte[] read(OpenFile file, CheckpointName name) throws IOException {
    long lengthBytes = file.lengthBytes();
    if (lengthBytes != Checkpoint.LENGTH_BYTES) {
      throw Checkpoint.wrongLength(name, lengthBytes);
    }
    return file.readFully(0, Checkpoint.LENGTH_BYTES);
  }
}
