package io.coldstream.store;

import java.util.Optional;

/**
 * Where a listing starts or continues.
 *
 * @param after only names after this one; it need not exist
 * @param token a provider's own mark for the next page, as {@link ListPage#next()} gave it
 * @param lastKey the last key that the pages before the token listed, by which an adapter notices a
 *     listing that does not advance
 * @param emptyPages how many pages in a row before the token were empty
 */
public record ListCursor(
    Optional<ObjectName> after, Optional<String> token, Optional<String> lastKey, int emptyPages) {

  /** From the first name on. */
  public static final ListCursor START =
      new ListCursor(Optional.empty(), Optional.empty(), Optional.empty(), 0);

  /**
   * From the first name after a given one.
   *
   * @param name the name, excluded
   * @return the cursor
   */
  public static ListCursor after(ObjectName name) {
    return new ListCursor(Optional.of(name), Optional.empty(), Optional.empty(), 0);
  }
}
