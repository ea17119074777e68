package io.coldstream.core.backup.capture;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.chunk.ChunkFacts;
import io.coldstream.eventstore.index.TableFacts;
import io.coldstream.eventstore.log.Lineage;
import java.util.List;
import java.util.Optional;

/**
 * What the newest manifest holds, asked while a capture is made: files that it names need not be
 * kept open. May read from the store when it is asked.
 */
public interface KnownFiles {

  /** There is no manifest yet. */
  KnownFiles NONE = new KnownFiles() {
    @Override
    public List<ChunkFacts> unknown(List<ChunkFacts> completed) {
      return List.copyOf(completed);
    }

    @Override
    public boolean knows(TableFacts table) {
      return false;
    }

    @Override
    public boolean knows(BloomFile filter) {
      return false;
    }

    @Override
    public Optional<Lineage> lineage() {
      return Optional.empty();
    }
  };

  /**
   * Which completed chunks it does not hold.
   *
   * @param completed the completed chunks of a cover, in their order
   * @return those whose identity (name, numbers, id, length, footer MD5) it does not name, in the
   *     same order
   * @throws RunException when the store or what it holds stands in the way
   */
  List<ChunkFacts> unknown(List<ChunkFacts> completed) throws RunException;

  /**
   * Whether it holds a table.
   *
   * @param table name, length and MD5
   * @return whether it names all three
   * @throws RunException when the store or what it holds stands in the way
   */
  boolean knows(TableFacts table) throws RunException;

  /**
   * Whether it holds a bloom filter.
   *
   * @param filter name and length
   * @return whether it names both
   * @throws RunException when the store or what it holds stands in the way
   */
  boolean knows(BloomFile filter) throws RunException;

  /**
   * The epochs of the newest manifest, by which the reading of the captured ones is cut short.
   *
   * @return them, or empty when there is no manifest
   * @throws RunException when the store or what it holds stands in the way
   */
  Optional<Lineage> lineage() throws RunException;
}
