package io.coldstream.store.s3;

import static io.coldstream.store.s3.S3StoreContract.listed;
import static io.coldstream.store.s3.S3StoreContract.put;
import static io.coldstream.store.s3.S3StoreContract.putAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.testkit.emulator.Deviation;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The contract on a server that keeps objects as files: a name that continues another one by a slash
 * would need a file and a folder of the same name, and is answered with an internal error. What the
 * contract does with such names is done with others here.
 */
interface FlatNamesContract extends S3StoreContract {

  /** Why tests are overridden here. */
  String NO_CONTINUATION = "a name cannot continue another one by a slash";

  /** Names of which none extends another, in the server's order. */
  List<String> flat();

  @Test
  @Override
  @Deviation(NO_CONTINUATION)
  default void aNameMayExtendAnotherName() throws Exception {
    try (ObjectStore store = open()) {
      put(store, "a", 1);
      assertThat(Failures.of(() -> put(store, "a/b", 1)).kind()).isEqualTo(Kind.UNAVAILABLE);
    }
  }

  @Test
  @Override
  @Deviation(NO_CONTINUATION)
  default void namesAreListedInTheOrderOfTheirUtf8Bytes() throws Exception {
    try (ObjectStore store = open()) {
      putAll(store, flat());
      assertThat(listed(store, "", ListCursor.START)).isEqualTo(flat());
    }
  }

  @Test
  @Override
  @Deviation(NO_CONTINUATION)
  default void onlyNamesUnderThePrefixAreListed() throws Exception {
    try (ObjectStore store = open()) {
      putAll(store, flat());
      for (String prefix : new String[] {"a/", "a-b/", "a.b/", "b/"}) {
        assertThat(listed(store, prefix, ListCursor.START))
            .isEqualTo(flat().stream().filter(n -> n.startsWith(prefix)).toList());
      }
    }
  }

  @Test
  @Override
  @Deviation(NO_CONTINUATION)
  default void aListingStartsAfterAnyName() throws Exception {
    try (ObjectStore store = open()) {
      putAll(store, flat());
      for (int i = 0; i < flat().size(); i++) {
        assertThat(listed(store, "", ListCursor.after(new ObjectName(flat().get(i)))))
            .isEqualTo(flat().subList(i + 1, flat().size()));
      }
    }
  }

  @Test
  @Override
  @Deviation(NO_CONTINUATION)
  default void onlyTheNamedObjectsAreDeleted() throws Exception {
    try (ObjectStore store = open()) {
      putAll(store, flat());
      store.delete(List.of(new ObjectName("a/b"), new ObjectName("é")));
      assertThat(listed(store, "", ListCursor.START))
          .isEqualTo(
              flat().stream().filter(n -> !n.equals("a/b") && !n.equals("é")).toList());
    }
  }
}
