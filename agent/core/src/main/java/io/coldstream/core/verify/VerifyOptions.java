package io.coldstream.core.verify;

import java.util.OptionalLong;

/**
 * The options of a verification.
 *
 * @param sequence which backup; empty for all of them
 * @param depth how closely it looks
 * @param samplePercent how many of the objects {@link Depth#SAMPLE} reads, above 0 to 100
 */
public record VerifyOptions(OptionalLong sequence, Depth depth, double samplePercent) {

  /** How closely a verification looks. */
  public enum Depth {
    /** Every object is there with the right length; of their bytes only checkpoints are read. */
    STRUCTURE,
    /** A random part of the objects is read too. */
    SAMPLE,
    /** Every byte is read, and compared with every digest that is known of it. */
    DATA
  }

  /**
   * Checks the share.
   *
   * @throws IllegalArgumentException when it is not above 0 and at most 100
   */
  public VerifyOptions {
    if (!(samplePercent > 0 && samplePercent <= 100)) {
      throw new IllegalArgumentException("a sample of " + samplePercent + " percent");
    }
  }

  /**
   * All backups, without reading data.
   *
   * @return the options
   */
  public static VerifyOptions structure() {
    return new VerifyOptions(OptionalLong.empty(), Depth.STRUCTURE, 100);
  }

  /**
   * All backups, every byte.
   *
   * @return the options
   */
  public static VerifyOptions data() {
    return new VerifyOptions(OptionalLong.empty(), Depth.DATA, 100);
  }

  /**
   * All backups, and some bytes.
   *
   * @param percent how many of the objects are read, above 0 to 100
   * @return the options
   */
  public static VerifyOptions sample(double percent) {
    return new VerifyOptions(OptionalLong.empty(), Depth.SAMPLE, percent);
  }

  /**
   * The same for one backup.
   *
   * @param number its number
   * @return the options
   */
  public VerifyOptions ofBackup(long number) {
    return new VerifyOptions(OptionalLong.of(number), depth, samplePercent);
  }
}
