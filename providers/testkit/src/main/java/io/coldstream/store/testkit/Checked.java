package io.coldstream.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ByteRange;
import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPage;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the contract's tests do again and again. */
final class Checked {

  private Checked() {}

  /** Something that may fail as the port allows. */
  interface Action {
    void run() throws IOException;
  }

  static ObjectName name(String value) {
    return new ObjectName(value);
  }

  static StoredObject put(ObjectStore store, String name, String text) throws StoreException {
    return put(store, name, Content.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  static StoredObject put(ObjectStore store, String name, ObjectSource source)
      throws StoreException {
    StoredObject stored = store.put(new PutRequest(name(name), source, Placement.STANDARD));
    assertThat(stored.name()).isEqualTo(name(name));
    return stored;
  }

  static byte[] bytes(ObjectStore store, String name, ByteRange range, Optional<String> version)
      throws IOException {
    try (ObjectContent content = store.read(name(name), range, version);
        InputStream in = content.stream()) {
      return in.readAllBytes();
    }
  }

  static String text(ObjectStore store, String name) throws IOException {
    return new String(
        bytes(store, name, ByteRange.WHOLE, Optional.empty()), StandardCharsets.UTF_8);
  }

  /** Everything under a prefix, page by page, with what every page must keep to. */
  static List<StoredObject> list(ObjectStore store, ObjectPrefix prefix, ListCursor from)
      throws StoreException {
    List<StoredObject> all = new ArrayList<>();
    Optional<ListCursor> next = Optional.of(from);
    for (int pages = 0; next.isPresent(); pages++) {
      assertThat(pages).as("pages of one listing").isLessThan(10_000);
      ListPage page = store.list(prefix, next.get());
      assertThat(page.objects().size()).isLessThanOrEqualTo(1000);
      assertThat(page.foreign()).isZero();
      all.addAll(page.objects());
      next = page.next();
    }
    return all;
  }

  static List<String> names(ObjectStore store, String prefix, ListCursor from)
      throws StoreException {
    return list(store, new ObjectPrefix(prefix), from).stream()
        .map(o -> o.name().value())
        .toList();
  }

  static List<String> names(ObjectStore store) throws StoreException {
    return names(store, "", ListCursor.START);
  }

  /** The failure of an action, which must be of a kind. */
  static StoreException refused(Kind kind, Action action) {
    StoreException failure = failure(action);
    assertThat(failure.kind()).as("%s", failure).isEqualTo(kind);
    return failure;
  }

  /** The failure of an action, which must be the port's. */
  static StoreException failure(Action action) {
    try {
      action.run();
    } catch (StoreException e) {
      assertThat(e.getMessage()).isNotBlank();
      return e;
    } catch (IOException e) {
      throw new AssertionError("not the port's exception", e);
    }
    throw new AssertionError("this did not fail");
  }

  /** That an object is there, whole, and looks the same from everywhere. */
  static void assertHolds(ObjectStore store, StoredObject put, ObjectSource source)
      throws IOException {
    assertThat(put.lengthBytes()).isEqualTo(source.lengthBytes());
    assertThat(store.stat(put.name())).contains(put);
    assertThat(list(store, ObjectPrefix.ALL, ListCursor.START)).contains(put);
    try (ObjectContent content = store.read(put.name(), ByteRange.WHOLE, Optional.empty());
        InputStream stored = content.stream();
        InputStream expected = source.open(0)) {
      assertThat(content.object()).isEqualTo(put);
      assertSame(stored, expected);
    }
  }

  private static void assertSame(InputStream actual, InputStream expected) throws IOException {
    long at = 0;
    byte[] want;
    do {
      want = expected.readNBytes(1 << 16);
      assertSame("bytes from " + at, actual.readNBytes(1 << 16), want);
      at += want.length;
    } while (want.length > 0);
  }

  /** That bytes are equal; much faster than AssertJ, and with a shorter message. */
  static void assertSame(String what, byte[] actual, byte[] expected) {
    assertThat(Arrays.mismatch(actual, expected))
        .as("first difference of %s", what)
        .isEqualTo(-1);
  }

  /** That a name is free, to every verb. */
  static void assertAbsent(ObjectStore store, String name) throws IOException {
    assertThat(store.stat(name(name))).isEmpty();
    assertThat(names(store)).doesNotContain(name);
    refused(Kind.NOT_FOUND, () -> bytes(store, name, ByteRange.WHOLE, Optional.empty()));
  }
}
