package io.coldstream.eventstore.log;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Follows the epochs of a log backwards, each by the position of the one before that it names
 * ({@code database-files.md#s5-epochs}, 5.0 to 26.1). A scavenge keeps epoch records, so the chain goes
 * through
 * chunks of every kind. One small read, or a few, for each epoch.
 */
public final class EpochChain {

  private EpochChain() {}

  /**
   * Reads the chain down to an epoch that is known, or to the first.
   *
   * @param log the log
   * @param start where the latest epoch's record starts, for instance the value of epoch.chk
   * @param known says whether an epoch, and so everything before it, is known already
   * @return the epochs in the order of the log, the known one included
   * @throws DatabaseException when the chain leads to what is no epoch, or does not descend
   * @throws IOException when a record cannot be read
   */
  public static List<Epoch> read(LogReader log, long start, Predicate<Epoch> known)
      throws IOException {
    List<Epoch> epochs = new ArrayList<>();
    OptionalLong next = OptionalLong.of(start);
    while (next.isPresent()) {
      Epoch epoch = epochAt(log, next.getAsLong());
      if (!epochs.isEmpty()) {
        Epoch after = epochs.get(epochs.size() - 1);
        if (epoch.number() >= after.number()) {
          throw DatabaseException.damaged(
              log.chunkAt(epoch.position()).name().toString(),
              Invariant.I5,
              "epoch " + epoch.number() + " at " + epoch.position() + " comes before epoch "
                  + after.number() + " at " + after.position());
        }
      }
      epochs.add(epoch);
      next = known.test(epoch) ? OptionalLong.empty() : epoch.previousPosition();
    }
    Collections.reverse(epochs);
    return List.copyOf(epochs);
  }

  /**
   * Reads the whole chain.
   *
   * @param log the log
   * @param start where the latest epoch's record starts
   * @return every epoch up to it
   * @throws DatabaseException when the chain leads to what is no epoch, or does not descend
   * @throws IOException when a record cannot be read
   */
  public static Lineage lineage(LogReader log, long start) throws IOException {
    return new Lineage(read(log, start, epoch -> false));
  }

  private static Epoch epochAt(LogReader log, long position) throws IOException {
    LogRecord record = log.recordAt(position);
    if (record instanceof SystemRecord system && system.epoch().isPresent()) {
      return system.epoch().get();
    }
    throw DatabaseException.damaged(
        log.chunkAt(position).name().toString(),
        Invariant.I5,
        "the record at " + position + " is not an epoch record");
  }
}
