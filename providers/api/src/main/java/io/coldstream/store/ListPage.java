package io.coldstream.store;

import java.util.List;
import java.util.Optional;

/**
 * One answer to a listing: at most a thousand objects in the order of their names.
 *
 * @param objects the objects; may be empty although a next page exists
 * @param next where the next page starts; empty on the last one
 */
public record ListPage(List<StoredObject> objects, Optional<ListCursor> next) {

  /** Copies the list. */
  public ListPage {
    objects = List.copyOf(objects);
  }
}
