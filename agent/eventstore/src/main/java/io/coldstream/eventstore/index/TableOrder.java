package io.coldstream.eventstore.index;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks that the tables of an index hold what their places in the map say: the positions in a newer
 * table lie above those in an older one, and none above the map's checkpoint ({@code
 * database-files.md#s7-1}). The map names tables by their files alone, so that two whole tables can
 * be exchanged without a wrong digest; the server would not notice, and would answer reads from the
 * wrong one first.
 *
 * <p>A few positions of each table are compared. The entries of a transaction that was committed late
 * lie lower than those around them: only tables that lie wholly the wrong way round are refused.
 */
public final class TableOrder {

  /** How many positions of a table are enough. */
  public static final int SAMPLES = 4;

  private final IndexMap map;
  private final Map<TableName, List<Long>> samples = new HashMap<>();

  /**
   * A check of one index.
   *
   * @param map its map
   */
  public TableOrder(IndexMap map) {
    this.map = map;
  }

  /**
   * Tells of a table.
   *
   * @param table which
   * @param positions some of the positions that it holds
   */
  public void add(TableName table, List<Long> positions) {
    if (!positions.isEmpty()) {
      samples.put(table, positions);
    }
  }

  /**
   * Compares the tables that were told of.
   *
   * @throws DatabaseException when two of them are exchanged, or one is not of this index
   */
  public void check() throws DatabaseException {
    Optional<TableName> newer = Optional.empty();
    for (TableName table : map.tables()) {
      if (samples.containsKey(table)) {
        requireBelowCheckpoint(table);
        if (newer.isPresent() && highest(newer.get()) < lowest(table)) {
          throw wrong(
              newer.get(),
              "holds positions up to " + highest(newer.get()) + ", but the older table " + table
                  + " holds positions from " + lowest(table) + ": the two are exchanged");
        }
        newer = Optional.of(table);
      }
    }
  }

  private void requireBelowCheckpoint(TableName table) throws DatabaseException {
    long checkpoint = map.commitCheckpoint().orElse(Long.MAX_VALUE);
    if (highest(table) > checkpoint) {
      throw wrong(
          table, "holds position " + highest(table) + ", but the index map ends at " + checkpoint);
    }
  }

  private long highest(TableName table) {
    return Collections.max(samples.get(table));
  }

  private long lowest(TableName table) {
    return Collections.min(samples.get(table));
  }

  private static DatabaseException wrong(TableName table, String found) {
    return new DatabaseException(
        DatabaseException.Kind.DAMAGED,
        table.guid(),
        Optional.of(Invariant.I7),
        found,
        "back up without the index; a restored server rebuilds it");
  }
}
