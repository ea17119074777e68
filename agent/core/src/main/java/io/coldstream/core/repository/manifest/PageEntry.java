package io.coldstream.core.repository.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.coldstream.store.ObjectName;

/**
 * A page of file entries that a manifest refers to: the completed chunks whose first numbers are in
 * one range of a thousand.
 *
 * @param object the page's name; ends in its content's SHA-256
 * @param firstNumber first chunk number of its thousand, a multiple of 1,000
 * @param files how many entries it holds, 1 to 1,000
 * @param fileBytes sum of their lengths
 * @param lengthBytes the page's own length
 * @param identities digest of the identities in it; it shows without reading the page that the page
 *     is unchanged
 */
public record PageEntry(
    ObjectName object,
    @JsonProperty("first") int firstNumber,
    int files,
    long fileBytes,
    @JsonProperty("length") long lengthBytes,
    Sha256 identities) {

  /** How many chunk numbers share a page. */
  public static final int NUMBERS_PER_PAGE = 1000;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when one is out of its range
   */
  public PageEntry {
    if (firstNumber < 0
        || firstNumber % NUMBERS_PER_PAGE != 0
        || files < 1
        || files > NUMBERS_PER_PAGE
        || fileBytes < 0
        || lengthBytes < 1) {
      throw new IllegalArgumentException(object + ": page of " + files + " from " + firstNumber);
    }
  }
}
