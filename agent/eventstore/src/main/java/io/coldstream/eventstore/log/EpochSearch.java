package io.coldstream.eventstore.log;

import io.coldstream.eventstore.DatabaseException;
import java.io.IOException;
import java.util.Optional;

/**
 * Finds the latest epoch of a log when epoch.chk does not tell where it is: epoch.chk is unset
 * after a truncation ({@code database-files.md#s6-6}, 5.0 to 26.1), and a follower's lags behind
 * its log.
 */
public final class EpochSearch {

  private EpochSearch() {}

  /**
   * Searches backwards.
   *
   * @param log the log
   * @param from a record's end, or a chunk's start, normally the log's end
   * @param mostBytes how much of the log to search at most
   * @return the last epoch whose record starts within that stretch; empty when there is none in it
   * @throws DatabaseException when {@code from} is no such place, or a record is damaged
   * @throws IOException when a record cannot be read
   */
  public static Optional<Epoch> lastBelow(LogReader log, long from, long mostBytes)
      throws IOException {
    Found found = new Found(from - mostBytes);
    log.walkBackwards(from, found);
    return found.epoch;
  }

  private static final class Found implements RecordVisitor {

    private final long lowest;
    private Optional<Epoch> epoch = Optional.empty();

    Found(long lowest) {
      this.lowest = lowest;
    }

    @Override
    public boolean visit(LogRecord record) {
      if (record.position() < lowest) {
        return false;
      }
      if (record instanceof SystemRecord system) {
        epoch = system.epoch();
      }
      return epoch.isEmpty();
    }
  }
}
