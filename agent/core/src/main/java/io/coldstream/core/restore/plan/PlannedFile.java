package io.coldstream.core.restore.plan;

import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.eventstore.chunk.Chunk;

/**
 * A file of the planned restore.
 *
 * @param place in which folder
 * @param entry what it is and where its bytes are
 */
public record PlannedFile(Place place, FileEntry entry) {

  /** The folders of a database. */
  public enum Place {
    /** The database's directory: chunks. */
    DATABASE,
    INDEX
  }

  /**
   * Its name in its folder.
   *
   * @return a bare file name
   */
  public String name() {
    return entry.name();
  }

  /**
   * How long it is on disk: servers refuse a chunk file below 256 bytes, so that an active chunk that
   * has hardly begun is filled up with zeros, as a preallocated one is
   * ({@code database-files.md#s3-7}).
   *
   * @return its length
   */
  public long diskBytes() {
    return place == Place.DATABASE
        ? Math.max(entry.lengthBytes(), Chunk.MIN_LENGTH_BYTES)
        : entry.lengthBytes();
  }
}
