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
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
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

  private static List<String> rest(ListPages pages) throws StoreException {
    List<String> names = new ArrayList<>();
    while (pages.hasNext()) {
      pages.next().objects().stream().map(StoredObject::name).forEach(n -> names.add(n.value()));
    }
    return names;
  }

  @Test
  void givesEveryPageOnce() throws StoreException {
    ListPages pages = new ListPages(store, new ObjectPrefix("a/"), ListCursor.START);
    assertThat(rest(pages)).containsExactly("a/1", "a/2", "a/3", "a/4", "a/5", "a/6");
    assertThat(store.log().count()).isEqualTo(2);
    assertThatThrownBy(pages::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void startsWhereItIsTold() throws StoreException {
    ListCursor from = ListCursor.after(new ObjectName("a/4"));
    assertThat(rest(new ListPages(store, ObjectPrefix.ALL, from)))
        .containsExactly("a/5", "a/6", "b");
  }

  @Test
  void asksForNoPageThatIsNotTaken() throws StoreException {
    ListPages pages = new ListPages(store, ObjectPrefix.ALL, ListCursor.START);
    assertThat(store.log().count()).isZero();
    assertThat(pages.next().objects()).hasSize(3);
    assertThat(pages.hasNext()).isTrue();
    assertThat(store.log().count()).isEqualTo(1);
  }

  @Test
  void nothingIsOnePage() throws StoreException {
    ListPages pages = new ListPages(store, new ObjectPrefix("c/"), ListCursor.START);
    assertThat(pages.hasNext()).isTrue();
    assertThat(pages.next().objects()).isEmpty();
    assertThat(pages.hasNext()).isFalse();
  }

  @Test
  void givesThePageThatFailedAgain() throws StoreException {
    ListPages pages = new ListPages(memory, ObjectPrefix.ALL, ListCursor.START);
    pages.next();
    Thread.currentThread().interrupt();
    StoreException failure = Checked.failure(pages::next);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(rest(pages)).containsExactly("a/4", "a/5", "a/6", "b");
  }
}
