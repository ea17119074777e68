package io.coldstream.store.cloud;

import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that a listing advances from page to page. A store that gives the same position twice, or
 * the same entries, or nothing but empty pages, would be asked for ever; one that lists backwards
 * would hide what is there. Each is {@link Kind#UNAVAILABLE}: the next attempt may meet a healthy
 * server. Not thread-safe.
 *
 * <p>Empty pages with a new position are legitimate, also many of them: a store looks at a number of
 * names for each page and leaves out what was removed.
 */
public final class ListingGuard {

  /** How many pages in a row may be empty. */
  public static final int MAX_EMPTY_PAGES = 1000;

  private final String listing;
  private final Set<String> positions = new HashSet<>();
  private Set<String> before = Set.of();
  private int emptyPages;

  /**
   * The guard of one listing, at its first page.
   *
   * @param operation the call that lists
   * @param place where, as {@link Keys#shown} names it
   * @param what what is listed, in the plural
   */
  public ListingGuard(Operation operation, String place, String what) {
    this.listing = operation.on(place) + "the listing of " + what + " ";
  }

  /**
   * Checks a page of {@link io.coldstream.store.ObjectStore#list}, and says where the next one
   * starts. What earlier pages were like is in their cursors.
   *
   * @param place where, as {@link Keys#shown} names it
   * @param from where the page starts
   * @param keys the keys that the store listed in it, also those that are left out
   * @param token the store's mark for the next page; empty when there is none
   * @return the next page's cursor; empty when there is none
   * @throws StoreException {@link Kind#UNAVAILABLE} when the listing goes backwards or does not
   *     advance
   */
  public static Optional<ListCursor> next(
      String place, ListCursor from, List<String> keys, Optional<String> token)
      throws StoreException {
    ListingGuard guard = new ListingGuard(Operation.LIST, place, "objects");
    guard.emptyPages = from.emptyPages();
    from.token().ifPresent(guard.positions::add);
    from.lastKey().ifPresent(key -> guard.before = Set.of(key));
    Optional<String> lastKey = guard.inOrder(from.lastKey(), keys);
    guard.page(keys, token);
    return token.map(t -> new ListCursor(from.after(), token, lastKey, guard.emptyPages));
  }

  /**
   * Checks a page before the next one is asked for.
   *
   * @param entries what tells its entries apart
   * @param position where the store says that the next page starts; empty on the last page
   * @throws StoreException {@link Kind#UNAVAILABLE} when the listing does not advance
   */
  public void page(Collection<String> entries, Optional<String> position) throws StoreException {
    if (position.isEmpty()) {
      return;
    }
    if (!positions.add(position.get())) {
      throw failure("does not advance: the store gives the position " + quoted(position.get())
          + " for the next page again");
    }
    emptyPages = entries.isEmpty() ? emptyPages + 1 : 0;
    if (emptyPages > MAX_EMPTY_PAGES) {
      throw failure("does not advance: more than " + MAX_EMPTY_PAGES
          + " pages in a row are empty, and the store says that there are more");
    }
    if (!entries.isEmpty() && before.containsAll(entries)) {
      throw failure(
          "does not advance: a page holds nothing but what the page before it held, such as "
              + quoted(entries.iterator().next()));
    }
    before = Set.copyOf(entries);
  }

  private Optional<String> inOrder(Optional<String> before, List<String> keys)
      throws StoreException {
    Optional<String> last = before;
    for (String key : keys) {
      if (last.isPresent() && isBefore(key, last.get())) {
        throw failure("goes backwards: " + quoted(key) + " comes after " + quoted(last.get()));
      }
      last = Optional.of(key);
    }
    return last;
  }

  /** Some stores list by UTF-16, which differs for characters that no name of Coldstream has. */
  private static boolean isBefore(String key, String other) {
    return ObjectName.ORDER.compare(key, other) < 0 && key.compareTo(other) < 0;
  }

  private StoreException failure(String what) {
    return new StoreException(
        Kind.UNAVAILABLE,
        listing + what + "; if this stays so, the store or a proxy before it is at fault",
        null);
  }

  private static String quoted(String text) {
    return '"' + ForeignText.cleaned(text) + '"';
  }
}
