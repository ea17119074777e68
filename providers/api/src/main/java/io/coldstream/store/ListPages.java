package io.coldstream.store;

import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The pages of one listing, from a name to the end: one request for each page that is taken, and none
 * for the others. Not thread-safe.
 */
public final class ListPages {

  private final ObjectStore store;
  private final ObjectPrefix prefix;
  private Optional<ListCursor> next;

  /**
   * A listing; nothing is asked yet.
   *
   * @param store what is listed
   * @param prefix what all names begin with
   * @param from where it starts
   */
  public ListPages(ObjectStore store, ObjectPrefix prefix, ListCursor from) {
    this.store = store;
    this.prefix = prefix;
    this.next = Optional.of(from);
  }

  /**
   * Whether there is another page. Costs no request.
   *
   * @return true before the first page and until the last one was taken
   */
  public boolean hasNext() {
    return next.isPresent();
  }

  /**
   * Asks for the next page. After a failure the same page is next.
   *
   * @return the page; may be empty
   * @throws StoreException as {@link ObjectStore#list}
   * @throws NoSuchElementException behind the last one
   */
  public ListPage next() throws StoreException {
    ListPage page = store.list(prefix, next.orElseThrow());
    next = page.next();
    return page;
  }
}
