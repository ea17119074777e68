package io.coldstream.core.restore.plan;

import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that a restore is going to do, known before the first byte moves.
 *
 * @param backup which backup the files are taken from
 * @param checkpointMode how the checkpoints are set
 * @param position where the restored log ends, once the server has started
 * @param positionTime the clock of the last record below it, where known
 * @param droppedBytes how much of the backup's log lies above that position
 * @param files the chunks, then the index
 * @param checkpoints the checkpoint files in the order in which they are written; chaser.chk is last
 * @param indexReason why the index is left out; empty when it is kept
 * @param notes what the user should know of how the position was found
 */
public record RestorePlan(
    Manifest backup,
    CheckpointMode checkpointMode,
    long position,
    Optional<Instant> positionTime,
    long droppedBytes,
    List<PlannedFile> files,
    List<Checkpoint> checkpoints,
    Optional<String> indexReason,
    List<String> notes) {

  /** Copies the lists. */
  public RestorePlan {
    files = List.copyOf(files);
    checkpoints = List.copyOf(checkpoints);
    notes = List.copyOf(notes);
  }

  /**
   * How much is to be on disk.
   *
   * @return the sum of the files' lengths
   */
  public long bytes() {
    return files.stream().mapToLong(PlannedFile::diskBytes).sum();
  }

  /**
   * Whether the index is restored with the log.
   *
   * @return false when the server has to rebuild it
   */
  public boolean keepsIndex() {
    return indexReason.isEmpty();
  }

  /** {@return the plan for people: a line for each file, then the checkpoints, then the sums} */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (PlannedFile.Place place : PlannedFile.Place.values()) {
      lines.add(place == PlannedFile.Place.DATABASE ? "chunks" : "index");
      files.stream()
          .filter(f -> f.place() == place)
          .forEach(f -> lines.add(line(Long.toString(f.diskBytes()), f.name())));
    }
    indexReason.ifPresent(reason -> lines.add("  left out: " + reason));
    lines.add("checkpoints, chaser.chk last of all");
    for (Checkpoint checkpoint : checkpoints) {
      String value = checkpoint.position().isPresent()
          ? Long.toString(checkpoint.position().getAsLong())
          : "not set";
      lines.add(line(value, checkpoint.name().fileName()));
    }
    lines.add(files.size() + " files, " + bytes() + " bytes");
    return lines;
  }

  private static String line(String value, String name) {
    return String.format(Locale.ROOT, "  %14s %s", value, name);
  }
}
