package io.coldstream.core.backup.capture;

import io.coldstream.core.repository.StartGuardValues;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.eventstore.checkpoint.CheckpointReader;
import io.coldstream.eventstore.files.DatabaseFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Reads the checkpoint files in an order that makes their values consistent. */
final class CheckpointCapture {

  private final DatabaseFiles files;
  private final Path folder;

  CheckpointCapture(DatabaseFiles files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  /** Read first: a pending truncation discards what would be captured. */
  Checkpoint truncate() throws RunException, IOException {
    Checkpoint truncate = read(CheckpointName.TRUNCATE);
    // In the last but one state of a restore both are set; the user must be told of the restore.
    requireNoUnfinishedRestore();
    requireUnset(truncate);
    return truncate;
  }

  /**
   * Chaser and epoch, then writer: each of the first two was at or below the writer's value when it
   * was read, and the writer's only rises ({@code database-files.md#s2}).
   */
  Checkpoints rest(Checkpoint truncate) throws RunException, IOException {
    Checkpoint chaser = read(CheckpointName.CHASER);
    requireNoUnfinishedRestore(chaser);
    Checkpoint epoch = read(CheckpointName.EPOCH);
    Checkpoint writer = read(CheckpointName.WRITER);
    Checkpoint proposal = read(CheckpointName.PROPOSAL);
    if (writer.position().getAsLong() == 0) {
      throw new RunException(
          Kind.SOURCE_REFUSED,
          folder + ": there is no database yet, writer.chk is 0; start the server once,"
              + " then back it up");
    }
    requireBelow(chaser, writer.position().getAsLong() + 1, writer);
    requireBelow(epoch, writer.position().getAsLong(), writer);
    return new Checkpoints(List.of(writer, chaser, epoch, proposal, truncate));
  }

  /**
   * The value now. For a missing file other than writer.chk, the value that the server would create
   * ({@code database-files.md#s2}).
   */
  Checkpoint read(CheckpointName name) throws IOException {
    var checkpoint = CheckpointReader.read(files, folder, name);
    if (checkpoint.isPresent()) {
      return checkpoint.get();
    }
    return switch (name) {
      case WRITER -> throw DatabaseException.damaged(name.fileName(), Invariant.I1, "is missing");
      case CHASER -> Checkpoint.at(name, 0);
      case EPOCH, PROPOSAL, TRUNCATE -> Checkpoint.unset(name);
    };
  }

  void requireUnset(Checkpoint truncate) throws RunException {
    OptionalLong position = truncate.position();
    if (position.isPresent()) {
      throw new RunException(
          Kind.SOURCE_REFUSED,
          folder.resolve(truncate.name().fileName()) + ": is set to " + position.getAsLong()
              + " (" + Invariant.I6 + ": " + Invariant.I6.meaning() + "): the node must first"
              + " finish truncating; start it, start it again if it stops by itself, then"
              + " back it up");
    }
  }

  private void requireNoUnfinishedRestore() throws RunException, IOException {
    requireNoUnfinishedRestore(read(CheckpointName.CHASER));
  }

  private void requireNoUnfinishedRestore(Checkpoint chaser) throws RunException {
    if (StartGuardValues.arePresent(chaser.position())) {
      throw new RunException(
          Kind.SOURCE_REFUSED,
          folder + ": holds an unfinished restore; run the same restore again to finish it, or"
              + " with --discard to remove it");
    }
  }

  private static void requireBelow(Checkpoint checkpoint, long limit, Checkpoint writer)
      throws DatabaseException {
    if (checkpoint.position().orElse(0) >= limit) {
      throw DatabaseException.damaged(
          checkpoint.name().fileName(),
          Invariant.I5,
          "holds " + checkpoint.position().getAsLong() + ", but writer.chk holds "
              + writer.position().getAsLong());
    }
  }
}
