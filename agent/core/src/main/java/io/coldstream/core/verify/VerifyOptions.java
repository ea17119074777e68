package io.coldstream.core.verify;

import io.coldstream.core.verify.history.Depth;
import io.coldstream.store.ObjectName;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The options of a verification.
 *
 * @param sequence which backup; empty for all of them
 * @param depth how closely it looks
 * @param sample how much {@link Depth#SAMPLE} reads; empty for the other depths
 * @param shard which part of a divided run this is; empty for a whole run
 */
public record VerifyOptions(
    OptionalLong sequence, Depth depth, Optional<SampleSize> sample, Optional<RunShard> shard) {

  /**
   * Checks that the options fit together.
   *
   * @throws IllegalArgumentException when a sample is of one backup only, or a run is divided that
   *     does not read everything
   */
  public VerifyOptions {
    if (sample.isPresent() != (depth == Depth.SAMPLE)) {
      throw new IllegalArgumentException("a sample has a size, and nothing else has one");
    }
    if (depth == Depth.SAMPLE && sequence.isPresent()) {
      throw new IllegalArgumentException("a sample rotates through all backups");
    }
    if (shard.isPresent() && depth != Depth.DATA) {
      throw new IllegalArgumentException("only a run that reads everything can be divided");
    }
  }

  private static VerifyOptions of(Depth depth, Optional<SampleSize> sample) {
    return new VerifyOptions(OptionalLong.empty(), depth, sample, Optional.empty());
  }

  /**
   * All backups, without reading data.
   *
   * @return the options
   */
  public static VerifyOptions structure() {
    return of(Depth.STRUCTURE, Optional.empty());
  }

  /**
   * All backups, every byte.
   *
   * @return the options
   */
  public static VerifyOptions data() {
    return of(Depth.DATA, Optional.empty());
  }

  /**
   * All backups, and the next share of the bytes.
   *
   * @param size how much is read
   * @return the options
   */
  public static VerifyOptions sample(SampleSize size) {
    return of(Depth.SAMPLE, Optional.of(size));
  }

  /**
   * The same for one backup.
   *
   * @param number its number
   * @return the options
   */
  public VerifyOptions ofBackup(long number) {
    return new VerifyOptions(OptionalLong.of(number), depth, sample, shard);
  }

  /**
   * The same for one part of a divided run.
   *
   * @param part which part
   * @return the options
   */
  public VerifyOptions ofShard(RunShard part) {
    return new VerifyOptions(sequence, depth, sample, Optional.of(part));
  }

  /** Whether this run reads an object. */
  boolean reads(ObjectName name) {
    return shard.isEmpty() || shard.get().part().holds(name);
  }
}
