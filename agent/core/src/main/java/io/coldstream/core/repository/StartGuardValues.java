package io.coldstream.core.repository;

import java.util.OptionalLong;

/**
 * The checkpoint values of the start guard, which a directory has during a restore. A backup
 * refuses such a directory too.
 */
public final class StartGuardValues {

  /** The value of writer.chk during a restore. */
  public static final long WRITER = 1L << 60;

  /** The value of chaser.chk during a restore: above writer.chk, which no server accepts. */
  public static final long CHASER = (1L << 60) + 8;

  private StartGuardValues() {}

  /**
   * Whether the start guard is set: chaser.chk alone decides, since a restore replaces it last.
   *
   * @param chaser value of chaser.chk, where there is one
   * @return true during a restore
   */
  public static boolean arePresent(OptionalLong chaser) {
    return chaser.equals(OptionalLong.of(CHASER));
  }
}
