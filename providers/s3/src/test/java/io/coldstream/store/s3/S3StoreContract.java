package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.testkit.ObjectStoreContract;
import io.coldstream.store.testkit.RandomSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The contract on an emulator of S3, and what the tests of its deviations share. */
interface S3StoreContract extends ObjectStoreContract {

  /** A bucket of a test method's own. */
  Bucket bucket();

  @Override
  default ObjectStore open(String prefix) throws StoreException {
    return bucket().openParallel(prefix);
  }

  @Override
  default ObjectStore openWithPartSize(String prefix, long partSizeBytes) throws StoreException {
    return bucket().openParallel(prefix, "part-size", String.valueOf(partSizeBytes));
  }

  @Override
  default long partSizeBytes() {
    return Bucket.PART;
  }

  @AfterEach
  default void clear() {
    bucket().clear();
  }

  /** What is left of a race where the server is not up to one: the second put is refused. */
  default void oneAfterTheOther(long lengthBytes) throws Exception {
    try (ObjectStore store = open()) {
      StoredObject first = put(store, "a", lengthBytes);
      assertThat(Failures.of(() -> put(store, "a", lengthBytes)).kind())
          .isEqualTo(Kind.ALREADY_EXISTS);
      assertThat(store.stat(first.name())).contains(first);
    }
  }

  /** Puts an object of each name, in the opposite order. */
  static void putAll(ObjectStore store, List<String> names) throws StoreException {
    List<String> reversed = new ArrayList<>(names);
    Collections.reverse(reversed);
    for (String name : reversed) {
      store.put(new PutRequest(new ObjectName(name), Content.of(new byte[1]), Placement.STANDARD));
    }
  }

  static StoredObject put(ObjectStore store, String name, long lengthBytes) throws StoreException {
    return store.put(
        new PutRequest(new ObjectName(name), new RandomSource(1, lengthBytes), Placement.STANDARD));
  }

  static List<String> listed(ObjectStore store, String prefix, ListCursor from)
      throws StoreException {
    return store.list(new ObjectPrefix(prefix), from).objects().stream()
        .map(object -> object.name().value())
        .toList();
  }
}
