package io.coldstream.core.backup.capture;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.eventstore.log.Epoch;
import io.coldstream.eventstore.log.EpochChain;
import io.coldstream.eventstore.log.EpochSearch;
import io.coldstream.eventstore.log.Lineage;
import io.coldstream.eventstore.log.LogReader;
import io.coldstream.eventstore.log.SystemRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the epochs of a log, from the latest one backwards to one that the newest manifest has. On
 * an unchanged database that is one record.
 */
final class LineageReader {

  private final LogReader log;
  private final Optional<Lineage> known;
  private final long searchBytes;

  LineageReader(LogReader log, Optional<Lineage> known, long searchBytes) {
    this.log = log;
    this.known = known;
    this.searchBytes = searchBytes;
  }

  /**
   * Reads all epochs of the log.
   *
   * @param checkpoint value of epoch.chk, which may lag behind the log
   * @param met the latest epoch met in the log's tail
   */
  Lineage read(OptionalLong checkpoint, Optional<Epoch> met) throws IOException, RunException {
    long start = Math.max(met.map(Epoch::position).orElse(-1L), checkpoint.orElse(-1));
    if (start < 0) {
      start = latestWithoutCheckpoint();
    }
    Lineage lineage;
    try {
      lineage = following(start);
    } catch (DatabaseException e) {
      if (checkpoint.equals(OptionalLong.of(start)) && epochAt(start).isEmpty()) {
        throw wrongEpochPosition(start, e.found());
      }
      throw e;
    }
    if (checkpoint.isPresent() && !holds(lineage, checkpoint.getAsLong())) {
      throw wrongEpochPosition(
          checkpoint.getAsLong(), "the log's epochs are at " + positions(lineage));
    }
    return lineage;
  }

  static RunException noDatabaseYet() {
    return new RunException(
        Kind.SOURCE_REFUSED,
        "no database yet: the log holds no epoch record; start the server once, then back it up");
  }

  private Lineage following(long start) throws IOException {
    List<Epoch> chain = EpochChain.read(log, start, epoch -> knownUpTo(epoch) > 0);
    List<Epoch> all = new ArrayList<>();
    known.ifPresent(lineage -> all.addAll(lineage.epochs().subList(0, knownUpTo(chain.get(0)))));
    all.addAll(all.isEmpty() ? chain : chain.subList(1, chain.size()));
    return new Lineage(all);
  }

  /** How many epochs of the newest manifest there are up to this one; 0 when it does not have it. */
  private int knownUpTo(Epoch epoch) {
    List<Epoch> epochs = known.map(Lineage::epochs).orElse(List.of());
    for (int i = 0; i < epochs.size(); i++) {
      if (epochs.get(i).isSame(epoch)) {
        return i + 1;
      }
    }
    return 0;
  }

  /**
   * After a truncation epoch.chk is unset until the next election ({@code database-files.md#s6-6}).
   */
  private long latestWithoutCheckpoint() throws IOException, RunException {
    Optional<Epoch> found = EpochSearch.lastBelow(log, log.writer(), searchBytes);
    if (found.isPresent()) {
      return found.get().position();
    }
    if (log.writer() <= searchBytes) {
      throw noDatabaseYet();
    }
    List<Epoch> epochs = known.map(Lineage::epochs).orElse(List.of());
    for (int i = epochs.size() - 1; i >= 0; i--) {
      Epoch epoch = epochs.get(i);
      if (epochAt(epoch.position()).filter(epoch::isSame).isPresent()) {
        return epoch.position();
      }
    }
    throw new RunException(
        Kind.SOURCE_REFUSED,
        CheckpointName.EPOCH.fileName() + ": is unset, and the last " + searchBytes
            + " bytes of the log hold no epoch record; start the node: it writes a new one");
  }

  private Optional<Epoch> epochAt(long position) throws IOException {
    try {
      return log.recordAt(position) instanceof SystemRecord system
          ? system.epoch()
          : Optional.empty();
    } catch (DatabaseException e) {
      if (e.kind() == DatabaseException.Kind.DAMAGED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static boolean holds(Lineage lineage, long position) {
    return lineage.epochs().stream().anyMatch(epoch -> epoch.position() == position);
  }

  private static List<Long> positions(Lineage lineage) {
    return lineage.epochs().stream().map(Epoch::position).toList();
  }

  private static DatabaseException wrongEpochPosition(long position, String found) {
    return DatabaseException.damaged(
        CheckpointName.EPOCH.fileName(),
        Invariant.I5,
        "holds " + position + ", where no epoch starts (" + found + ")");
  }
}
