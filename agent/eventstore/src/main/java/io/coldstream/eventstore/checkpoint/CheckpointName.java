package io.coldstream.eventstore.checkpoint;

import io.coldstream.eventstore.Invariant;

/** The checkpoint files of a database folder ({@code database-files.md#s2}, 5.0 to 26.1). */
public enum CheckpointName {
  /** The end of the durable log; the next record goes here or to the next chunk's start. */
  WRITER("writer.chk", false, Invariant.I1),
  /** Behind the last record that the indexing reader has consumed. */
  CHASER("chaser.chk", false, Invariant.I5),
  /** The start of the latest epoch record, or unset. */
  EPOCH("epoch.chk", true, Invariant.I5),
  /** The highest election proposal number, or unset; since 20.10. */
  PROPOSAL("proposal.chk", true, Invariant.I5),
  /** Where the log is to be truncated at the next start, or unset. */
  TRUNCATE("truncate.chk", true, Invariant.I6);

  private final String fileName;
  private final boolean canBeUnset;
  private final Invariant invariant;

  CheckpointName(String fileName, boolean canBeUnset, Invariant invariant) {
    this.fileName = fileName;
    this.canBeUnset = canBeUnset;
    this.invariant = invariant;
  }

  /** {@return the name of its file in the database folder} */
  public String fileName() {
    return fileName;
  }

  /** {@return whether it can hold -1, which means unset} */
  public boolean canBeUnset() {
    return canBeUnset;
  }

  /** {@return the invariant that a wrong file breaks} */
  public Invariant invariant() {
    return invariant;
  }
}
