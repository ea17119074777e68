package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.coldstream.store.testkit.standin.Deviation;
import io.coldstream.store.testkit.standin.NeedsStandin;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The contract against the Versity gateway, as the one who may do everything. It keeps objects as
 * files: what the contract does with names that continue others by a slash is done with others here.
 */
@NeedsStandin("versitygw")
@Timeout(120)
class VersitygwStoreTest implements ObjectStoreContract {

  private static final String NO_CONTINUATION = "a name cannot continue another one by a slash";

  /** In their order, and none continues another. */
  private static final List<String> FLAT =
      List.of("A", "a b", "a!", "a-b/c", "a.b/c", "a/-", "a/b", "a0", "é", "\uFF5E", "😀");

  private final String bucket = OnVersitygw.newBucket();

  @Override
  public ObjectStore open(String prefix) throws StoreException {
    return OnVersitygw.open(OnVersitygw.User.root(), bucket, prefix);
  }

  @Override
  public ObjectStore openWithPartSize(String prefix, long partSizeBytes) throws StoreException {
    return OnVersitygw.open(
        OnVersitygw.User.root(), bucket, prefix, "part-size", String.valueOf(partSizeBytes));
  }

  @Override
  public long partSizeBytes() {
    return 5 << 20;
  }

  @Test
  @Override
  @Deviation(NO_CONTINUATION)
  public void aNameMayContinueAnotherOne() throws Exception {
    try (ObjectStore store = open()) {
      put(store, "a", 1);
      assertThat(Failures.of(() -> put(store, "a/b", 1)).kind()).isEqualTo(Kind.UNAVAILABLE);
    }
  }

  @Test
  @Override
  @Deviation(NO_CONTINUATION)
  public void listsInTheOrderOfUtf8Bytes() throws Exception {
    try (ObjectStore store = open()) {
      putAll(store);
      assertThat(listed(store, "", ListCursor.START)).isEqualTo(FLAT);
    }
  }

  @Test
  @Override
  @Deviation(NO_CONTINUATION)
  public void listsOnlyWhatStandsUnderThePrefix() throws Exception {
    try (ObjectStore store = open()) {
      putAll(store);
      for (String prefix : new String[] {"a/", "a-b/", "a.b/", "b/"}) {
        assertThat(listed(store, prefix, ListCursor.START))
            .isEqualTo(FLAT.stream().filter(n -> n.startsWith(prefix)).toList());
      }
    }
  }

  @Test
  @Override
  @Deviation(NO_CONTINUATION)
  public void startsBehindAnyName() throws Exception {
    try (ObjectStore store = open()) {
      putAll(store);
      for (int i = 0; i < FLAT.size(); i++) {
        assertThat(listed(store, "", ListCursor.after(new ObjectName(FLAT.get(i)))))
            .isEqualTo(FLAT.subList(i + 1, FLAT.size()));
      }
    }
  }

  @Test
  @Override
  @Deviation(NO_CONTINUATION)
  public void removesOnlyWhatIsNamed() throws Exception {
    try (ObjectStore store = open()) {
      putAll(store);
      store.delete(List.of(new ObjectName("a/b"), new ObjectName("é")));
      assertThat(listed(store, "", ListCursor.START))
          .isEqualTo(
              FLAT.stream().filter(n -> !n.equals("a/b") && !n.equals("é")).toList());
    }
  }

  @Test
  @Override
  @Deviation("refuses a put of 5 MiB without reading it, and breaks off")
  public void aTakenNameIsRefusedAndItsObjectUntouched() throws Exception {
    try (ObjectStore store = open()) {
      for (long first : new long[] {0, 5, partSizeBytes() + 1}) {
        String name = "taken/" + first;
        StoredObject stored = put(store, name, first);
        for (long second : new long[] {0, 5, partSizeBytes() + 1}) {
          assertThat(Failures.of(() -> put(store, name, second)).kind())
              .isEqualTo(Kind.ALREADY_EXISTS);
        }
        assertThat(Failures.of(() -> put(store, name, partSizeBytes())).kind())
            .isIn(Kind.ALREADY_EXISTS, Kind.UNAVAILABLE);
        assertThat(store.stat(stored.name())).contains(stored);
      }
    }
  }

  private static void putAll(ObjectStore store) throws StoreException {
    for (int i = FLAT.size() - 1; i >= 0; i--) {
      put(store, FLAT.get(i), 1);
    }
  }

  private static StoredObject put(ObjectStore store, String name, long lengthBytes)
      throws StoreException {
    return store.put(
        new PutRequest(new ObjectName(name), new RandomSource(1, lengthBytes), Placement.STANDARD));
  }

  private static List<String> listed(ObjectStore store, String prefix, ListCursor from)
      throws StoreException {
    return store.list(new ObjectPrefix(prefix), from).objects().stream()
        .map(o -> o.name().value())
        .toList();
  }

  /** Puts that another process left unfinished. */
  @Nested
  class Resumed implements ForeignUploadsContract {
    private final Bucket place = OnVersitygw.bucket();

    @Override
    public Bucket bucket() {
      return place;
    }
  }
}
