package io.coldstream.core.repository;

import java.util.random.RandomGenerator;

/** Ids of runs and repositories: 26 random lower-case letters and digits, about 134 bits. */
public final class RandomId {

  private static final String LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final int LENGTH = 26;

  private RandomId() {}

  /**
   * Creates an id.
   *
   * @param random the source of randomness
   * @return the id
   */
  public static String next(RandomGenerator random) {
    StringBuilder id = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }
}
