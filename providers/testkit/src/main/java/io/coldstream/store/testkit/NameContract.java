package io.coldstream.store.testkit;

import static io.coldstream.store.testkit.Checked.assertAbsent;
import static io.coldstream.store.testkit.Checked.assertHolds;
import static io.coldstream.store.testkit.Checked.name;
import static io.coldstream.store.testkit.Checked.names;
import static io.coldstream.store.testkit.Checked.put;
import static io.coldstream.store.testkit.Checked.refused;
import static io.coldstream.store.testkit.Checked.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names: every one that the port allows, and prefixes that keep stores apart. */
interface NameContract extends StoreUnderTest {

  /** Names that some layer between here and a store might read in its own way. */
  List<String> ODD = List.of(
      "with space",
      " leading and trailing ",
      "plus+plus",
      "100%",
      "%2F",
      "a%2Fb",
      "%252F",
      "%zz",
      "tilde~",
      "quote'quote",
      "double\"quote",
      "(brackets) [square] {curly}",
      "question?mark=1&b=2",
      "hash#mark",
      "semi;colon:comma,at@",
      "<less&more>",
      "star*",
      "pipe|",
      "dollar$bang!",
      "back`tick^caret",
      ".hidden",
      "..climbs-not",
      "dots...",
      "-dash",
      "nfc-\u00E9",
      "nfd-e\u0301",
      "emoji-😀/\uD83D\uDC69\u200D\uD83D\uDD2C",
      "中文/العربية",
      "Case",
      "case",
      "index/6e0b4d2e-4c5b-4a51-9a3e-3f6d6e6b9a10-0123456789abcdef0123456789abcdef",
      "chunks/chunk-000012.000003-0123456789abcdef0123456789abcdef");

  @Test
  default void oddNamesAreStoredAsTheyAre() throws Exception {
    try (ObjectStore store = open()) {
      for (String odd : ODD) {
        put(store, odd, "this is " + odd);
      }
      assertThat(names(store))
          .containsExactlyElementsOf(
              ODD.stream().map(ObjectName::new).sorted().map(ObjectName::value).toList());
      for (String odd : ODD) {
        StoredObject object = store.stat(name(odd)).orElseThrow();
        assertThat(object.name()).isEqualTo(name(odd));
        assertThat(text(store, odd)).isEqualTo("this is " + odd);
        refused(Kind.ALREADY_EXISTS, () -> put(store, odd, "another"));
      }
    }
  }

  @Test
  default void aListingStartsAfterEachOddNameAndEachIsDeleted() throws Exception {
    try (ObjectStore store = open()) {
      for (String odd : ODD) {
        put(store, odd, "x");
      }
      List<String> left = new ArrayList<>(names(store));
      for (String odd : ODD) {
        assertThat(names(store, "", ListCursor.after(name(odd))))
            .isEqualTo(left.subList(left.indexOf(odd) + 1, left.size()));
        store.delete(List.of(name(odd)));
        left.remove(odd);
        assertThat(names(store)).isEqualTo(left);
      }
    }
  }

  @Test
  default void theLongestNameIsStored() throws Exception {
    List<String> components = Collections.nCopies(4, "é".repeat(100));
    String longest = String.join("/", components) + "/" + "x".repeat(196);
    String sibling = longest.substring(0, longest.length() - 1) + "y";
    RandomSource source = new RandomSource(1, 1000);
    try (ObjectStore store = open()) {
      assertHolds(store, put(store, longest, source), source);
      put(store, sibling, "another");
      assertThat(names(store)).containsExactly(longest, sibling);
      store.delete(List.of(name(longest)));
      assertAbsent(store, longest);
    }
  }

  @Test
  default void aNameMayExtendAnotherName() throws Exception {
    List<String> nested =
        new ArrayList<>(List.of("a", "a/b", "a/b/c.d", "a/b/c.d/e", "f.g", "f.g/h"));
    for (int order = 0; order < 2; order++) {
      try (ObjectStore store = open()) {
        for (String name : nested) {
          put(store, name, "this is " + name);
        }
        assertThat(names(store)).containsExactlyInAnyOrderElementsOf(nested);
        for (String name : nested) {
          assertThat(text(store, name)).isEqualTo("this is " + name);
        }
        for (String name : nested) {
          store.delete(List.of(name(name)));
          assertAbsent(store, name);
        }
        assertThat(names(store)).isEmpty();
      }
      Collections.reverse(nested);
    }
  }

  @Test
  default void storesOnNeighbouringPrefixesDoNotSeeEachOther() throws Exception {
    String[] prefixes = {"p", "p2", "p-", "p.d", "q/p", "P"};
    for (String prefix : prefixes) {
      try (ObjectStore store = open(prefix)) {
        assertThat(names(store)).as("in %s at first", prefix).isEmpty();
        put(store, "same/name", "from " + prefix);
      }
    }
    for (String prefix : prefixes) {
      try (ObjectStore store = open(prefix)) {
        assertThat(names(store)).containsExactly("same/name");
        assertThat(text(store, "same/name")).isEqualTo("from " + prefix);
      }
    }
    try (ObjectStore store = open("p")) {
      store.delete(List.of(name("same/name")));
    }
    try (ObjectStore store = open("p2")) {
      assertThat(text(store, "same/name")).isEqualTo("from p2");
    }
  }

  @Test
  default void aStoreBelowAnotherHasItsOwnNames() throws Exception {
    try (ObjectStore outer = open("p");
        ObjectStore inner = open("p/below")) {
      put(outer, "x", "outer");
      assertThat(names(inner)).isEmpty();
      put(inner, "x", "inner");
      assertThat(text(outer, "x")).isEqualTo("outer");
      assertThat(text(inner, "x")).isEqualTo("inner");
      assertThat(names(inner)).containsExactly("x");
    }
  }
}
