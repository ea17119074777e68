package io.coldstream.store;

import java.util.List;
import java.util.Optional;

/**
 * One answer to a listing: at most a thousand objects in the order of their names.
 *
 * @param objects the objects; may be empty although a next page exists
 * @param next where the next page starts; empty on the last one
 * @param foreign how many further things this page met whose names are no {@link ObjectName}:
 *     Coldstream never made them and cannot touch them, but a prefix that holds one is not empty
 */
public record ListPage(List<StoredObject> objects, Optional<ListCursor> next, int foreign) {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException for a negative count
   */
  public ListPage {
    objects = List.copyOf(objects);
    if (foreign < 0) {
      throw new IllegalArgumentException("foreign " + foreign);
    }
  }

  /**
   * A page without foreign keys.
   *
   * @param objects the objects
   * @param next where the next page starts; empty on the last one
   */
  public ListPage(List<StoredObject> objects, Optional<ListCursor> next) {
    this(objects, next, 0);
  }
}
