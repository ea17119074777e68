package io.coldstream.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutListener;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoredObject;
import io.coldstream.store.testkit.RandomSource;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Puts, and what must be there after them. */
final class Puts {

  private Puts() {}

  static StoredObject put(ObjectStore store, String name, ObjectSource source)
      throws StoreException {
    return put(store, name, source, PutListener.NONE);
  }

  static StoredObject put(ObjectStore store, String name, ObjectSource source, PutListener listener)
      throws StoreException {
    return store.put(new PutRequest(new ObjectName(name), source, Placement.BULK, listener));
  }

  static byte[] read(ObjectStore store, String name) throws IOException {
    try (ObjectContent content =
        store.read(new ObjectName(name), ByteRange.WHOLE, Optional.empty())) {
      return content.stream().readAllBytes();
    }
  }

  static List<String> names(ObjectStore store) throws StoreException {
    return store.list(ObjectPrefix.ALL, ListCursor.START).objects().stream()
        .map(object -> object.name().value())
        .toList();
  }

  /** That the store has this object and no other, whole. */
  static void assertHoldsOnly(ObjectStore store, String name, RandomSource source)
      throws IOException {
    assertThat(names(store)).containsExactly(name);
    assertThat(Arrays.mismatch(read(store, name), source.bytes())).isEqualTo(-1);
  }
}
