package io.coldstream.core.restore.plan;

import io.coldstream.core.repository.DiscardedTail;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.Positions;
import io.coldstream.core.restore.select.ChosenPoint;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * Everything that a restore is going to do, known before the first byte moves.
 *
 * @param point the backup, and where the restored log ends once the server has started
 * @param records the records on both sides of that end
 * @param checkpointMode how the checkpoints are set
 * @param files the chunks, then the index
 * @param checkpoints the checkpoint files in the order in which they are written; chaser.chk is last
 * @param indexReason why the index is left out; empty when it is kept
 */
public record RestorePlan(
    ChosenPoint point,
    CutRecords records,
    CheckpointMode checkpointMode,
    List<PlannedFile> files,
    List<Checkpoint> checkpoints,
    Optional<String> indexReason) {

  public RestorePlan {
    files = List.copyOf(files);
    checkpoints = List.copyOf(checkpoints);
  }

  /** {@return which backup the files are taken from} */
  public Manifest backup() {
    return point.files().manifest();
  }

  /** {@return where the restored log ends, once the server has started} */
  public long position() {
    return point.position();
  }

  /** {@return the clock of the last record below it, where known} */
  public Optional<Instant> positionTime() {
    return position() == backup().log().positions().restorePoint()
        ? Optional.of(backup().log().restorePointTime())
        : records.lastKept().map(last -> last.record().timestamp());
  }

  /** {@return how much of the backup's log lies above that position} */
  public long droppedBytes() {
    return backup().log().positions().restorePoint() - position();
  }

  /** {@return what the user should know of how the position was found} */
  public List<String> notes() {
    return Stream.concat(point.notes().stream(), records.unread().stream()).toList();
  }

  /** {@return the discarded tail that is restored, or that the asked time lies in} */
  public Optional<DiscardedTail> discarded() {
    return point.discarded();
  }

  /**
   * Whether a discarded tail is restored.
   *
   * @return false when there is none, or only the asked time lies in it
   */
  public boolean restoresDiscarded() {
    return discarded()
        .filter(tail -> tail.sequence() == backup().sequence() && tail.position() < position())
        .isPresent();
  }

  /** {@return what there is to say about a discarded tail, as sentences without the last end} */
  public Optional<String> warning() {
    return discarded().map(tail -> {
      String end = tail.bytes() + " bytes from position " + tail.position() + " on";
      return restoresDiscarded()
          ? "backup " + tail.sequence() + " ends with " + end + " that were discarded: backup "
              + tail.discardedBy() + " continues without them. This restore includes them;"
              + " --position " + tail.position() + " excludes them"
          : "the requested time is in the discarded tail of backup " + tail.sequence() + ", " + end
              + ": backup " + tail.discardedBy() + " continues without them. This restore follows"
              + " the newest backup; --backup " + tail.sequence() + " includes them";
    });
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

  /**
   * The plan for people.
   *
   * @param size how a number of bytes is printed
   * @return a line for each file, then the checkpoints with their positions, then the sums
   */
  public List<String> lines(LongFunction<String> size) {
    List<String> lines = new ArrayList<>();
    for (PlannedFile.Place place : PlannedFile.Place.values()) {
      lines.add(place == PlannedFile.Place.DATABASE ? "chunks" : "index");
      files.stream()
          .filter(f -> f.place() == place)
          .forEach(f -> lines.add(line(size.apply(f.diskBytes()), f.name())));
    }
    indexReason.ifPresent(reason -> lines.add("  excluded: " + reason));
    lines.add("checkpoints, chaser.chk last");
    for (Checkpoint checkpoint : checkpoints) {
      String value = checkpoint.position().isPresent()
          ? Positions.text(checkpoint.position().getAsLong())
          : "not set";
      lines.add(line(value, checkpoint.name().fileName()));
    }
    lines.add(files.size() + " files, " + size.apply(bytes()));
    return lines;
  }

  private static String line(String value, String name) {
    return String.format(Locale.ROOT, "  %14s  %s", value, name);
  }
}
