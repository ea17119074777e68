package io.coldstream.store.spi;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a user probably meant by a name that is not known. */
public final class NearestName {

  /** More edits than these make another word of it. */
  private static final int MAX_EDITS = 2;

  private NearestName() {}

  /**
   * What a message adds to the refusal of a name.
   *
   * @param name what was written
   * @param known what could have been meant; not empty
   * @return the nearest known name after a semicolon; empty when none is within two edits
   */
  public static String hint(String name, Collection<String> known) {
    return Optional.of(of(name, known))
        .filter(nearest -> edits(name, nearest) <= Math.min(MAX_EDITS, name.length() - 1))
        .map(nearest -> "; nearest: " + nearest)
        .orElse("");
  }

  /**
   * The known name with the fewest edits from a given one.
   *
   * @param name what was written
   * @param known what could have been meant; not empty
   * @return one of the known names
   */
  public static String of(String name, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String k) -> edits(name, k)).thenComparing(k -> k))
        .orElseThrow();
  }

  /** Levenshtein's distance. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
