package io.coldstream.core.repository;

import java.util.OptionalLong;

/**
 * The checkpoint values that stand in a directory while a restore is under way: every server version
 * tried refuses to start on them and changes nothing ({@code database-files.md#s14-1}). A backup
 * refuses
 * such a directory too.
 */
public final class StartGuardValues {

  /** writer.chk while a restore is under way. */
  public static final long WRITER = 1L << 60;

  /** chaser.chk while a restore is under way: above the writer's, which no server accepts. */
  public static final long CHASER = (1L << 60) + 8;

  private StartGuardValues() {}

  /**
   * Whether a directory is marked: chaser.chk alone decides, since a restore replaces it last.
   *
   * @param chaser value of chaser.chk, where there is one
   * @return true when a restore is under way
   */
  public static boolean standsIn(OptionalLong chaser) {
    return chaser.equals(OptionalLong.of(CHASER));
  }
}
