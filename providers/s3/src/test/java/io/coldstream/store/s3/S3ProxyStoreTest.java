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
import io.coldstream.store.s3.standin.S3Standin;
import io.coldstream.store.testkit.ObjectStoreContract;
import io.coldstream.store.testkit.standin.Deviation;
import io.coldstream.store.testkit.standin.Standin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The contract against S3Proxy, which keeps objects as files in memory: a name that continues another
 * one by a slash would need a file and a folder of the same name, and is answered with an internal
 * error. What the contract does with such names is done with others here.
 */
@Standin(value = "S3Proxy", artifact = "org.gaul:s3proxy")
class S3ProxyStoreTest implements ObjectStoreContract {

  private static final String NO_CONTINUATION = "a name cannot continue another one by a slash";
  private static final String UTF_16 = NO_CONTINUATION + "; orders keys by UTF-16";

  /** In S3Proxy's order, which is by UTF-16 as Java orders strings; and none continues another. */
  private static final List<String> FLAT = List.of(
      "A", "a b", "a!", "a-b/c", "a.b/c", "a/-", "a/b", "a0", "é", "😀", "\uE000", "\uFF5E");

  private final S3Standin server = S3Standin.s3proxy();
  private final String bucket = server.newBucket();

  @Override
  public ObjectStore open(String prefix) throws StoreException {
    return Opened.store("s3://" + bucket + "/" + prefix, server.settings());
  }

  @Override
  public ObjectStore openWithPartSize(String prefix, long partSizeBytes) throws StoreException {
    return Opened.store(
        "s3://" + bucket + "/" + prefix,
        server.settings(),
        "part-size",
        String.valueOf(partSizeBytes));
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
      put(store, "a");
      assertThat(Failures.of(() -> put(store, "a/b")).kind()).isEqualTo(Kind.UNAVAILABLE);
    }
  }

  @Test
  @Override
  @Deviation(UTF_16)
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
  @Deviation(UTF_16)
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

  private static void putAll(ObjectStore store) throws StoreException {
    List<String> shuffled = new ArrayList<>(FLAT);
    Collections.reverse(shuffled);
    for (String name : shuffled) {
      put(store, name);
    }
  }

  private static void put(ObjectStore store, String name) throws StoreException {
    store.put(new PutRequest(new ObjectName(name), Content.of(new byte[1]), Placement.STANDARD));
  }

  private static List<String> listed(ObjectStore store, String prefix, ListCursor from)
      throws StoreException {
    List<String> names = new ArrayList<>();
    store
        .list(new ObjectPrefix(prefix), from)
        .objects()
        .forEach(o -> names.add(o.name().value()));
    return names;
  }
}
