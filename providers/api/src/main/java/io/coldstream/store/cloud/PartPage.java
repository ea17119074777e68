package io.coldstream.store.cloud;

import java.util.List;
import java.util.OptionalInt;

/**
 * A page of a listing of parts, as the store answered it.
 *
 * @param parts the parts
 * @param more whether the store says that there are more
 * @param next where it continues; may be empty although there are more, which is an error of the store
 */
public record PartPage(List<ListedPart> parts, boolean more, OptionalInt next) {

  /** Copies the list. */
  public PartPage {
    parts = List.copyOf(parts);
  }
}
