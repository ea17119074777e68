package io.coldstream.store.testkit;

import static io.coldstream.store.testkit.Checked.assertSame;
import static io.coldstream.store.testkit.Checked.bytes;
import static io.coldstream.store.testkit.Checked.name;
import static io.coldstream.store.testkit.Checked.put;
import static io.coldstream.store.testkit.Checked.refused;
import static io.coldstream.store.testkit.Checked.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Looking up and reading: ranges, versions, and what is not there. */
interface ReadContract extends StoreUnderTest {

  @Test
  default void aMissingObjectIsNotFound() throws Exception {
    try (ObjectStore store = open()) {
      put(store, "a", "text");
      for (String missing : new String[] {"b", "a/b", "a/b/c", "A", "other/folder/a"}) {
        assertThat(store.stat(name(missing))).isEmpty();
        for (ByteRange range : List.of(ByteRange.WHOLE, ByteRange.from(3), ByteRange.of(0, 1))) {
          refused(Kind.NOT_FOUND, () -> bytes(store, missing, range, Optional.empty()));
        }
      }
    }
  }

  @Test
  default void aPrefixIsNotAnObject() throws Exception {
    try (ObjectStore store = open()) {
      put(store, "folder.d/deeper/a", "text");
      for (String prefix : new String[] {"folder.d", "folder.d/deeper"}) {
        assertThat(store.stat(name(prefix))).isEmpty();
        refused(Kind.NOT_FOUND, () -> bytes(store, prefix, ByteRange.WHOLE, Optional.empty()));
      }
    }
  }

  @Test
  default void anyRangeCanBeRead() throws Exception {
    long part = partSizeBytes();
    RandomSource source = new RandomSource(1, 2 * part + 10);
    byte[] all = source.bytes();
    try (ObjectStore store = open()) {
      StoredObject stored = put(store, "a", source);
      for (ByteRange range : List.of(
          ByteRange.WHOLE,
          ByteRange.of(0, 1),
          ByteRange.of(10, 20),
          ByteRange.of(part - 1, 2),
          ByteRange.of(part, part),
          ByteRange.from(5),
          ByteRange.from(all.length - 1),
          ByteRange.of(all.length - 1, 1),
          ByteRange.of(0, all.length),
          ByteRange.of(3, all.length - 3))) {
        byte[] expected =
            Arrays.copyOfRange(all, (int) range.fromBytes(), (int) range.endIn(all.length));
        assertSame("" + range, bytes(store, "a", range, Optional.empty()), expected);
        assertSame("" + range, bytes(store, "a", range, Optional.of(stored.version())), expected);
      }
    }
  }

  @Test
  default void aReadOfARangeTellsTheWholeObject() throws Exception {
    try (ObjectStore store = open()) {
      StoredObject stored = put(store, "a", "0123456789");
      try (ObjectContent content = store.read(name("a"), ByteRange.of(2, 3), Optional.empty())) {
        assertThat(content.object()).isEqualTo(stored);
      }
    }
  }

  @Test
  default void anEmptyObjectCanBeReadWhole() throws Exception {
    try (ObjectStore store = open()) {
      StoredObject stored = put(store, "empty", "");
      assertThat(bytes(store, "empty", ByteRange.WHOLE, Optional.empty())).isEmpty();
      assertThat(bytes(store, "empty", ByteRange.WHOLE, Optional.of(stored.version())))
          .isEmpty();
      for (ByteRange range : List.of(ByteRange.of(0, 1), ByteRange.from(1))) {
        refused(Kind.REJECTED, () -> bytes(store, "empty", range, Optional.empty()));
      }
    }
  }

  @Test
  default void aRangeOutsideTheObjectIsRejected() throws Exception {
    try (ObjectStore store = open()) {
      put(store, "ten", "0123456789");
      for (ByteRange range : List.of(
          ByteRange.from(10),
          ByteRange.of(10, 1),
          ByteRange.from(11),
          ByteRange.of(9, 2),
          ByteRange.of(0, 11),
          ByteRange.from(1L << 40))) {
        refused(Kind.REJECTED, () -> bytes(store, "ten", range, Optional.empty()));
      }
    }
  }

  @Test
  default void anotherVersionIsNotFound() throws Exception {
    try (ObjectStore store = open()) {
      StoredObject first = put(store, "a", "first");
      store.delete(List.of(name("a")));
      refused(
          Kind.NOT_FOUND, () -> bytes(store, "a", ByteRange.WHOLE, Optional.of(first.version())));
      StoredObject second = put(store, "a", "other");
      assertThat(second.version()).isNotEqualTo(first.version());
      for (ByteRange range : List.of(ByteRange.WHOLE, ByteRange.of(1, 2))) {
        refused(Kind.NOT_FOUND, () -> bytes(store, "a", range, Optional.of(first.version())));
        assertThat(bytes(store, "a", range, Optional.of(second.version()))).isNotEmpty();
      }
      assertThat(text(store, "a")).isEqualTo("other");
    }
  }

  @Test
  default void aVersionStaysTheSame() throws Exception {
    try (ObjectStore store = open();
        ObjectStore other = open()) {
      StoredObject stored = put(store, "a", new RandomSource(1, partSizeBytes() + 1));
      put(store, "b", "something else");
      assertThat(store.stat(stored.name())).contains(stored);
      assertThat(other.stat(stored.name())).contains(stored);
    }
  }

  @Test
  default void aReadCanBeClosedBeforeItsEnd() throws Exception {
    ObjectName name = name("large");
    try (ObjectStore store = open()) {
      put(store, "large", new RandomSource(1, 2 * partSizeBytes()));
      for (int i = 0; i < 60; i++) {
        try (ObjectContent content = store.read(name, ByteRange.WHOLE, Optional.empty())) {
          assertThat(content.stream().readNBytes(10)).hasSize(10);
        }
      }
      store.read(name, ByteRange.WHOLE, Optional.empty()).close();
    }
  }

  @Test
  default void severalReadsRunInParallel() throws Exception {
    RandomSource first = new RandomSource(1, 5000);
    RandomSource second = new RandomSource(2, 5000);
    try (ObjectStore store = open()) {
      put(store, "first", first);
      put(store, "second", second);
      try (ObjectContent a = store.read(name("first"), ByteRange.WHOLE, Optional.empty());
          ObjectContent b = store.read(name("second"), ByteRange.WHOLE, Optional.empty())) {
        byte[] start = a.stream().readNBytes(2500);
        assertThat(b.stream().readAllBytes()).isEqualTo(second.bytes());
        byte[] all = Arrays.copyOf(start, 5000);
        assertThat(a.stream().readNBytes(all, 2500, 2500)).isEqualTo(2500);
        assertThat(all).isEqualTo(first.bytes());
        assertThat(a.stream().read()).isEqualTo(-1);
      }
    }
  }
}
