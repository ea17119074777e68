package io.coldstream.store.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Which listings advance, and which are refused instead of being followed for ever. */
class ListingGuardTest {

  private static final String PLACE = "s3://bucket/p/";

  /** What a store answers: the keys of a page, and its mark for the next one. */
  private record Page(List<String> keys, Optional<String> token) {

    static Page more(String token, String... keys) {
      return new Page(List.of(keys), Optional.of(token));
    }

    static Page last(String... keys) {
      return new Page(List.of(keys), Optional.empty());
    }
  }

  @Test
  void pagesInOrderWithNewTokensAreFollowedToTheEnd() throws StoreException {
    assertThat(listed(Page.more("1", "a", "b"), Page.more("2", "c"), Page.last("d")))
        .isEqualTo(3);
  }

  @Test
  void emptyPagesWithNewTokensAreFollowed() throws StoreException {
    assertThat(listed(
            Page.more("1", "a"), Page.more("2"), Page.more("3"), Page.more("4", "b"), Page.last()))
        .isEqualTo(5);
  }

  @Test
  void aRepeatedNameIsAcceptedWhenOthersFollow() throws StoreException {
    assertThat(listed(Page.more("1", "a", "b"), Page.last("b", "c"))).isEqualTo(2);
  }

  @Test
  void namesInTheOrderOfUtf8OrOfUtf16AreAccepted() throws StoreException {
    assertThat(listed(Page.last("\uFF5E", "😀"))).isEqualTo(1);
    assertThat(listed(Page.last("😀", "\uFF5E"))).isEqualTo(1);
  }

  @Test
  void theTokenOfAPageIsRefusedAsTheNextToken() {
    StoreException failure = failure(Page.more("A", "a"), Page.more("A", "b"));
    assertThat(failure)
        .hasMessage(
            "list s3://bucket/p/: the listing of objects does not advance: the store gives the"
                + " position \"A\" for the next page again; if this stays so, the store or a proxy before it"
                + " is at fault");
  }

  @Test
  void aPageOfNamesThatWereListedBeforeIsRefused() {
    assertThat(failure(Page.more("1", "a", "b"), Page.more("2", "b")))
        .hasMessageContaining("nothing but what the page before it held, such as \"b\"");
  }

  @Test
  void aCycleOfTokensIsDetectedByTheNames() {
    assertThat(failure(Page.more("1", "a"), Page.more("2", "b"), Page.more("1", "a")))
        .hasMessageContaining("goes backwards: \"a\" comes after \"b\"");
  }

  @Test
  void namesThatGoBackwardsAreRefusedWithinAPageAndOnTheLastPage() {
    assertThat(failure(Page.last("b", "a"))).hasMessageContaining("goes backwards");
    assertThat(failure(Page.more("1", "b"), Page.last("a"))).hasMessageContaining("goes backwards");
  }

  @Test
  void emptyPagesAreFollowedUpToALimit() throws StoreException {
    int most = ListingGuard.MAX_EMPTY_PAGES;
    assertThat(followed(n -> n < most ? Page.more("t" + n) : Page.last("a"))).isEqualTo(most + 1);
    assertThat(followed(n ->
            n == most ? Page.more("t" + n, "a") : n < 2 * most ? Page.more("t" + n) : Page.last()))
        .as("names in between")
        .isEqualTo(2 * most + 1);
    StoreException failure =
        catchThrowableOfType(StoreException.class, () -> followed(n -> Page.more("t" + n)));
    assertThat(failure).hasMessageContaining("more than 1000 pages in a row are empty");
  }

  @Test
  void aCursorKeepsTheNameThatTheListingStartedAfter() throws StoreException {
    ListCursor from = ListCursor.after(new ObjectName("a"));
    Optional<ListCursor> next =
        ListingGuard.next(PLACE, from, List.of("p/b"), Optional.of("token"));
    assertThat(next)
        .contains(new ListCursor(from.after(), Optional.of("token"), Optional.of("p/b"), 0));
  }

  @Test
  void aPositionThatComesBackLaterIsRefused() throws StoreException {
    ListingGuard guard = new ListingGuard(Operation.SWEEP, PLACE, "unfinished uploads");
    guard.page(List.of("a 1"), Optional.of("a 1"));
    guard.page(List.of("a 2"), Optional.of("a 2"));
    StoreException failure = catchThrowableOfType(
        StoreException.class, () -> guard.page(List.of("a 3"), Optional.of("a 1")));
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure)
        .hasMessageStartingWith(
            "remove unfinished uploads of s3://bucket/p/: the listing of unfinished uploads does not")
        .hasMessageContaining("\"a 1\"");
  }

  @Test
  void aLastPageMayRepeatEntries() throws StoreException {
    ListingGuard guard = new ListingGuard(Operation.PUT, PLACE, "uploaded parts");
    guard.page(List.of("1"), Optional.of("1"));
    guard.page(List.of("1"), Optional.empty());
  }

  private static int listed(Page... pages) throws StoreException {
    Iterator<Page> next = List.of(pages).iterator();
    return followed(n -> next.next());
  }

  private static StoreException failure(Page... pages) {
    StoreException failure = catchThrowableOfType(StoreException.class, () -> listed(pages));
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    return failure;
  }

  /** How many pages a listing has, of a store that answers the n-th request so. */
  private static int followed(IntFunction<Page> store) throws StoreException {
    List<Page> pages = new ArrayList<>();
    Optional<ListCursor> from = Optional.of(ListCursor.START);
    while (from.isPresent()) {
      Page page = store.apply(pages.size());
      pages.add(page);
      from = ListingGuard.next(PLACE, from.get(), page.keys(), page.token());
    }
    return pages.size();
  }
}
