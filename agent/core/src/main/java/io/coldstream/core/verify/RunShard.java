package io.coldstream.core.verify;

import io.coldstream.core.support.work.Shard;

/**
 * One part of a run that is divided among several processes.
 *
 * @param run the id that all parts of the run have in common
 * @param part which of them this is
 */
public record RunShard(String run, Shard part) {

  /**
   * Checks the id.
   *
   * @throws IllegalArgumentException when it has other characters than letters, digits, {@code .},
   *     {@code _} and {@code -}
   */
  public RunShard {
    if (!isId(run)) {
      throw new IllegalArgumentException("run id \"" + run + "\"");
    }
  }

  /**
   * Whether a text can be the id of a run.
   *
   * @param text the text
   * @return whether it has 1 to 100 letters, digits, {@code .}, {@code _} and {@code -}, and begins
   *     with a letter or a digit
   */
  public static boolean isId(String text) {
    return text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  }

  /** {@return which part, from 1} */
  public int index() {
    return part.index();
  }

  /** {@return how many parts there are} */
  public int count() {
    return part.count();
  }
}
