package io.coldstream.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPages;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListPagesTest {

  private final MemoryStore memory = new MemoryStore(3, Clock.systemUTC());
  private final CountingStore store = new CountingStore(memory);

  @BeforeEach
  void fill() throws StoreException {
    for (String name : new String[] {"a/1", "a/2", "a/3", "a/4", "a/5", "a/6", "b"}) {
      memory.put(new PutRequest(new ObjectName(name), Content.of(new byte[1]), Placement.STANDARD));
    }
  }

  @Test
  void everyPageIsVisitedOnceInOrder() throws StoreException {
    assertThat(visited(new ObjectPrefix("a/"), ListCursor.START))
        .containsExactly(List.of("a/1", "a/2", "a/3"), List.of("a/4", "a/5", "a/6"));
    assertThat(store.log().count()).isEqualTo(2);
  }

  @Test
  void theListingStartsAfterTheGivenName() throws StoreException {
    ListCursor from = ListCursor.after(new ObjectName("a/4"));
    assertThat(visited(ObjectPrefix.ALL, from)).containsExactly(List.of("a/5", "a/6", "b"));
  }

  @Test
  void noFurtherPageIsRequestedAfterTheVisitorStops() throws StoreException {
    ListPages.each(store, ObjectPrefix.ALL, ListCursor.START, page -> false);
    assertThat(store.log().count()).isEqualTo(1);
  }

  @Test
  void anEmptyListingIsOneEmptyPage() throws StoreException {
    assertThat(visited(new ObjectPrefix("c/"), ListCursor.START)).containsExactly(List.of());
  }

  @Test
  void anExceptionOfTheVisitorEndsTheListing() {
    TimeoutException thrown = new TimeoutException();
    assertThatThrownBy(() -> ListPages.each(store, ObjectPrefix.ALL, ListCursor.START, page -> {
          throw thrown;
        }))
        .isSameAs(thrown);
    assertThat(store.log().count()).isEqualTo(1);
  }

  private List<List<String>> visited(ObjectPrefix prefix, ListCursor from) throws StoreException {
    List<List<String>> pages = new ArrayList<>();
    ListPages.each(store, prefix, from, page -> {
      pages.add(page.objects().stream().map(object -> object.name().value()).toList());
      return true;
    });
    return pages;
  }
}
