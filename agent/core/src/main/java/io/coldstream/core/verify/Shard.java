package io.coldstream.core.verify;

import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.store.ObjectName;
import java.nio.charset.StandardCharsets;

/**
 * One part of a run that is divided among several processes.
 *
 * @param run the id that all parts of the run have in common
 * @param index which part, 1 to {@code count}
 * @param count how many parts there are
 */
public record Shard(String run, int index, int count) {

  /** Most parts of a run. */
  public static final int MAX_COUNT = 10_000;

  /** The first hex digits of a digest that fit a {@code long}. */
  private static final int DIGITS = 15;

  /**
   * Checks the numbers and the id.
   *
   * @throws IllegalArgumentException when they are out of range, or the id has other characters than
   *     letters, digits, {@code .}, {@code _} and {@code -}
   */
  public Shard {
    if (count < 1 || count > MAX_COUNT || index < 1 || index > count) {
      throw new IllegalArgumentException("shard " + index + " of " + count);
    }
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

  /**
   * Whether this part reads an object. It depends on the object's name alone, so that all parts agree
   * even when backups come and go between their starts.
   */
  boolean holds(ObjectName name) {
    String digest = Sha256.of(name.value().getBytes(StandardCharsets.UTF_8)).toString();
    return Long.parseLong(digest.substring(0, DIGITS), 16) % count == index - 1;
  }
}
