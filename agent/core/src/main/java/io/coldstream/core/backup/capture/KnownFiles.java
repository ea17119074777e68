package io.coldstream.core.backup.capture;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.eventstore.log.Lineage;
import java.util.List;
import java.util.Optional;

/**
 * The files that the newest manifest has, which a capture need not keep open. May read from the
 * store when it is asked.
 */
public interface KnownFiles {

  /** There is no manifest yet. */
  KnownFiles NONE = new KnownFiles() {
    @Override
    public List<Chunk> unknown(List<Chunk> completed) {
      return List.copyOf(completed);
    }

    @Override
    public boolean knows(DatabaseFile indexFile) {
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
   * @throws RunException when the store cannot be read, or holds something damaged
   */
  List<Chunk> unknown(List<Chunk> completed) throws RunException;

  /**
   * Whether it holds a file of the index.
   *
   * @param indexFile a table or a Bloom filter
   * @return whether it names one of the same name and length and, for a table, the same MD5
   * @throws RunException when the store cannot be read, or holds something damaged
   */
  boolean knows(DatabaseFile indexFile) throws RunException;

  /**
   * The epochs of the newest manifest. Reading the captured ones ends at the first that is known.
   *
   * @return the epochs; empty when there is no manifest
   * @throws RunException when the store cannot be read, or holds something damaged
   */
  Optional<Lineage> lineage() throws RunException;
}
