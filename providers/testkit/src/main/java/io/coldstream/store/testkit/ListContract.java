package io.coldstream.store.testkit;

import static io.coldstream.store.testkit.Checked.list;
import static io.coldstream.store.testkit.Checked.name;
import static io.coldstream.store.testkit.Checked.names;
import static io.coldstream.store.testkit.Checked.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPage;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Listing: order, prefixes, where it starts, pages. */
interface ListContract extends StoreUnderTest {

  /** In the order of their UTF-8 bytes, which is not that of Java's strings. */
  List<String> ORDERED = List.of(
      "A",
      "B/a",
      "a",
      "a b",
      "a!",
      "a-b",
      "a-b/c",
      "a.b",
      "a.b/c",
      "a/-",
      "a/b",
      "a/b-c",
      "a/b/c",
      "a/b/d.e/f",
      "a/b0",
      "a0",
      "a_b",
      "aa",
      "aa/b",
      "b",
      "é",
      "\uE000",
      "\uFF5E",
      "😀",
      "😀/x");

  private static void putAll(ObjectStore store, List<String> names) throws Exception {
    for (int i = 0; i < names.size(); i++) {
      // Not in their order, so that no store can list them as they came.
      put(store, names.get(i * 7 % names.size()), "x");
    }
  }

  @Test
  default void anEmptyStoreIsAnEmptyPage() throws Exception {
    try (ObjectStore store = open()) {
      for (String prefix : new String[] {"", "a/", "a/b/"}) {
        ListPage page = store.list(new ObjectPrefix(prefix), ListCursor.START);
        assertThat(page.objects()).isEmpty();
        assertThat(page.next()).isEmpty();
        assertThat(page.foreign()).isZero();
      }
    }
  }

  @Test
  default void namesAreListedInTheOrderOfTheirUtf8Bytes() throws Exception {
    try (ObjectStore store = open()) {
      putAll(store, ORDERED);
      assertThat(names(store)).containsExactlyElementsOf(ORDERED);
    }
  }

  @Test
  default void onlyNamesUnderThePrefixAreListed() throws Exception {
    try (ObjectStore store = open()) {
      putAll(store, ORDERED);
      for (String prefix :
          new String[] {"a/", "a/b/", "a/b/d.e/", "a-b/", "B/", "😀/", "b/", "c/"}) {
        assertThat(names(store, prefix, ListCursor.START))
            .as(prefix)
            .containsExactlyElementsOf(
                ORDERED.stream().filter(n -> n.startsWith(prefix)).toList());
      }
    }
  }

  @Test
  default void aListingStartsAfterAnyName() throws Exception {
    List<String> starts = new ArrayList<>(ORDERED);
    starts.addAll(
        List.of("0", "a!/b", "a/b/c/d", "a/a", "a/bb", "a/~", "a-", "zz", "\uFF5E/x", "😁"));
    try (ObjectStore store = open()) {
      putAll(store, ORDERED);
      for (String start : starts) {
        for (String prefix : new String[] {"", "a/", "a/b/"}) {
          assertThat(names(store, prefix, ListCursor.after(name(start))))
              .as("behind %s under '%s'", start, prefix)
              .containsExactlyElementsOf(ORDERED.stream()
                  .filter(n -> n.startsWith(prefix) && name(n).compareTo(name(start)) > 0)
                  .toList());
        }
      }
    }
  }

  @Test
  default void aListingTellsWhenEachObjectWasCreated() throws Exception {
    try (ObjectStore store = open()) {
      putAll(store, List.of("a", "b/c", "b/d"));
      ListPage page = store.list(ObjectPrefix.ALL, ListCursor.START);
      assertThat(page.times().keySet())
          .containsExactlyInAnyOrderElementsOf(
              page.objects().stream().map(StoredObject::name).toList());
    }
  }

  @Test
  default void aListingTellsOfEachObjectWhatStatTells() throws Exception {
    try (ObjectStore store = open()) {
      List<StoredObject> stored = new ArrayList<>();
      stored.add(put(store, "a", ""));
      stored.add(put(store, "b/c", new RandomSource(1, partSizeBytes() + 1)));
      stored.add(put(store, "b/d", "text"));
      assertThat(list(store, ObjectPrefix.ALL, ListCursor.START)).isEqualTo(stored);
      for (StoredObject object : stored) {
        assertThat(store.stat(object.name())).contains(object);
      }
    }
  }

  @Test
  default void moreThanAPageIsListedAndDeleted() throws Exception {
    List<ObjectName> many = new ArrayList<>();
    for (int i = 0; i < 1003; i++) {
      many.add(name(String.format(Locale.ROOT, "many/%06d", i)));
    }
    try (ObjectStore store = open()) {
      put(store, "many-neighbours", "x");
      putSideBySide(store, many);
      List<String> expected = many.stream().map(ObjectName::value).toList();
      assertThat(names(store, "many/", ListCursor.START)).isEqualTo(expected);
      ListPage first = store.list(new ObjectPrefix("many/"), ListCursor.START);
      assertThat(first.next()).isPresent();
      assertThat(names(store, "many/", ListCursor.after(many.get(1000))))
          .isEqualTo(expected.subList(1001, 1003));
      store.delete(many);
      assertThat(names(store)).containsExactly("many-neighbours");
    }
  }

  private static void putSideBySide(ObjectStore store, List<ObjectName> names) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<StoredObject>> puts = new ArrayList<>();
      for (ObjectName name : names) {
        puts.add(threads.submit(() -> put(store, name.value(), "")));
      }
      for (Future<StoredObject> put : puts) {
        put.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
