package io.coldstream.eventstore.testing.model;

/**
 * In what the server versions differ, as far as their files show it
 * ({@code database-files.md#s2-4}, {@code database-files.md#s2-5}, {@code database-files.md#s3-5},
 * {@code database-files.md#s4-6}, {@code database-files.md#s6},
 * {@code database-files.md#s7}).
 */
public enum Profile {
  /**
   * 20.10: writer.chk moves per record, groups may be torn between chunks, next chunk after
   * writer.chk.
   */
  V20_10(3),
  /**
   * 23.10: writer.chk moves per transaction, the next chunk is created before writer.chk moves on.
   */
  V23_10(3),
  /** 24.10: format 4, both orders of a rollover, an excess chunk is deleted at a start. */
  V24_10(4),
  /** 26.1: as 24.10, but a chunk is completed inside its full-length file, which is cut last. */
  V26_1(4);

  private final int chunkFormat;

  Profile(int chunkFormat) {
    this.chunkFormat = chunkFormat;
  }

  /** The format of new chunks. */
  public int chunkFormat() {
    return chunkFormat;
  }

  /**
   * Whether writer.chk only ever shows a transaction's end, and a transaction never leaves its
   * chunk.
   */
  public boolean wholeTransactions() {
    return this != V20_10;
  }

  /** Whether clients still write transactions that a Commit record closes. */
  public boolean explicitTransactions() {
    return this == V20_10 || this == V23_10;
  }

  /** Whether a scavenge point is written, which completes the active chunk early. */
  public boolean scavengePoints() {
    return this != V20_10;
  }

  /** Whether tables have bloom filters, and a stream-existence filter exists. */
  public boolean filters() {
    return this != V20_10;
  }

  /** Whether writer.chk may move to the next chunk before that is created. */
  public boolean writerBeforeNextChunk() {
    return this != V23_10;
  }

  /** Whether the next chunk may be created before writer.chk moves on to it. */
  public boolean nextChunkBeforeWriter() {
    return this != V20_10;
  }

  /** Whether completion cuts the file before it pads it and adds the footer. */
  public boolean cutsFirst() {
    return this != V26_1;
  }

  /** Whether a start deletes a lone excess chunk instead of refusing. */
  public boolean deletesExcessChunk() {
    return this == V24_10 || this == V26_1;
  }

  /**
   * Whether truncation re-extends the chunk to the length of a new one, and deletes one that it
   * empties.
   */
  public boolean alignedTruncation() {
    return this == V24_10 || this == V26_1;
  }
}
