package io.coldstream.store;

import java.util.Optional;

/** Goes through the pages of a listing. */
public final class ListPages {

  private ListPages() {}

  /**
   * Receives one page after the other.
   *
   * @param <E> what it throws beside a failure of the store
   */
  public interface Visitor<E extends Exception> {

    /**
     * Looks at a page.
     *
     * @param page the page; may be empty
     * @return whether the next page is wanted, if there is one
     * @throws StoreException ends the listing
     * @throws E ends the listing
     */
    boolean visit(ListPage page) throws StoreException, E;
  }

  /**
   * Lists to the end, or until the visitor has seen enough: one request for each page that is visited,
   * and none for the others.
   *
   * @param <E> what the visitor throws beside a failure of the store
   * @param store what is listed
   * @param prefix what all names begin with
   * @param from where the listing starts
   * @param visitor is given the pages in their order
   * @throws StoreException as {@link ObjectStore#list}, or what the visitor throws
   * @throws E what the visitor throws
   */
  public static <E extends Exception> void each(
      ObjectStore store, ObjectPrefix prefix, ListCursor from, Visitor<E> visitor)
      throws StoreException, E {
    Optional<ListCursor> next = Optional.of(from);
    while (next.isPresent()) {
      ListPage page = store.list(prefix, next.get());
      next = visitor.visit(page) ? page.next() : Optional.empty();
    }
  }
}
