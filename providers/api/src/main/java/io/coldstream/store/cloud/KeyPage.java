package io.coldstream.store.cloud;

import java.util.List;
import java.util.Optional;

/**
 * A page of a listing, as the store answered it.
 *
 * @param objects in the store's order
 * @param more whether the store says that there are more
 * @param next where it continues; may be empty although there are more, which is an error of the store
 */
public record KeyPage(List<ListedObject> objects, boolean more, Optional<String> next) {

  /** Copies the list. */
  public KeyPage {
    objects = List.copyOf(objects);
  }

  /**
   * A page of a store that gives a position exactly when there are more.
   *
   * @param objects in the store's order
   * @param next where it continues
   */
  public KeyPage(List<ListedObject> objects, Optional<String> next) {
    this(objects, next.isPresent(), next);
  }
}
