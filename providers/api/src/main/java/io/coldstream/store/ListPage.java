package io.coldstream.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One answer to a listing: at most a thousand objects in the order of their names.
 *
 * @param objects the objects; may be empty although a next page exists
 * @param times when each of them was created, by the store's clock; an object of which the store does
 *     not tell it is not in the map. An upload in parts may count from its beginning
 * @param next where the next page starts; empty on the last one
 * @param foreign how many further things this page met whose names are no {@link ObjectName}:
 *     Coldstream never made them and cannot touch them, but a prefix that holds one is not empty
 */
public record ListPage(
    List<StoredObject> objects,
    Map<ObjectName, Instant> times,
    Optional<ListCursor> next,
    int foreign) {

  /**
   * Copies list and map.
   *
   * @throws IllegalArgumentException for a negative count
   */
  public ListPage {
    objects = List.copyOf(objects);
    times = Map.copyOf(times);
    if (foreign < 0) {
      throw new IllegalArgumentException("foreign " + foreign);
    }
  }

  /**
   * A page without times and foreign keys.
   *
   * @param objects the objects
   * @param next where the next page starts; empty on the last one
   */
  public ListPage(List<StoredObject> objects, Optional<ListCursor> next) {
    this(objects, Map.of(), next, 0);
  }
}
