package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoredObject;
import io.coldstream.store.s3.standin.S3Standin;
import io.coldstream.store.testkit.ObjectStoreContract;
import io.coldstream.store.testkit.RandomSource;
import io.coldstream.store.testkit.standin.Deviation;
import io.coldstream.store.testkit.standin.Standin;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract against S3Mock. */
@Standin(value = "S3Mock", artifact = "com.adobe.testing:s3mock")
class S3MockStoreTest implements ObjectStoreContract {

  private final S3Standin server = S3Standin.s3mock();
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

  /** An emoji stands before U+E000 there. */
  @Test
  @Override
  @Deviation("orders keys by UTF-16, as Java orders strings")
  public void listsInTheOrderOfUtf8Bytes() throws Exception {
    List<String> expected = inUtf16Order("");
    try (ObjectStore store = open()) {
      putAll(store);
      assertThat(listed(store, ListCursor.START)).isEqualTo(expected);
    }
  }

  @Test
  @Override
  @Deviation("orders keys by UTF-16, as Java orders strings")
  public void startsBehindAnyName() throws Exception {
    try (ObjectStore store = open()) {
      putAll(store);
      for (String start : ORDERED) {
        assertThat(listed(store, ListCursor.after(new ObjectName(start))))
            .isEqualTo(inUtf16Order(start));
      }
    }
  }

  /** S3Mock looks whether the name is free, and then stores: two writers can both find it free. */
  @Test
  @Override
  @Deviation("create-only is not atomic")
  public void ofEightThatCreateASmallObjectOneWins() throws Exception {
    oneAfterTheOther(1000);
  }

  /** The same; and the loser's upload, when it is aborted, takes the winner's object with it. */
  @Test
  @Override
  @Deviation(
      "create-only is not atomic, and aborting the loser's upload removes the winner's object")
  public void ofEightThatCreateALargeObjectOneWins() throws Exception {
    oneAfterTheOther(partSizeBytes() + 1);
  }

  private void oneAfterTheOther(long lengthBytes) throws Exception {
    try (ObjectStore store = open()) {
      StoredObject first = put(store, "a", lengthBytes);
      assertThat(Failures.of(() -> put(store, "a", lengthBytes)).kind())
          .isEqualTo(StoreException.Kind.ALREADY_EXISTS);
      assertThat(store.stat(first.name())).contains(first);
    }
  }

  private static void putAll(ObjectStore store) throws StoreException {
    for (String name : ORDERED) {
      put(store, name, 1);
    }
  }

  private static StoredObject put(ObjectStore store, String name, long lengthBytes)
      throws StoreException {
    return store.put(
        new PutRequest(new ObjectName(name), new RandomSource(1, lengthBytes), Placement.STANDARD));
  }

  private static List<String> inUtf16Order(String after) {
    return ORDERED.stream().filter(n -> n.compareTo(after) > 0).sorted().toList();
  }

  private static List<String> listed(ObjectStore store, ListCursor from) throws StoreException {
    List<String> names = new ArrayList<>();
    store.list(ObjectPrefix.ALL, from).objects().forEach(o -> names.add(o.name().value()));
    return names;
  }
}
