package io.coldstream.store.s3;

import static io.coldstream.store.s3.S3StoreContract.listed;
import static io.coldstream.store.s3.S3StoreContract.putAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.testkit.emulator.Deviation;
import io.coldstream.store.testkit.emulator.Emulator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract against S3Mock. */
@Emulator(value = "S3Mock", artifact = "com.adobe.testing:s3mock")
class S3MockStoreTest implements S3StoreContract {

  private static final String ABORT =
      "create-only is not atomic, and aborting the loser's upload removes the winner's object";

  private final Bucket bucket = Bucket.on(S3Emulator.s3mock());

  @Override
  public Bucket bucket() {
    return bucket;
  }

  /** An emoji stands before U+E000 there. */
  @Test
  @Override
  @Deviation("orders keys by UTF-16, as Java orders strings")
  public void namesAreListedInTheOrderOfTheirUtf8Bytes() throws Exception {
    List<String> expected = inUtf16Order("");
    try (ObjectStore store = open()) {
      putAll(store, ORDERED);
      assertThat(listed(store, "", ListCursor.START)).isEqualTo(expected);
    }
  }

  @Test
  @Override
  @Deviation("orders keys by UTF-16, as Java orders strings")
  public void aListingStartsAfterAnyName() throws Exception {
    try (ObjectStore store = open()) {
      putAll(store, ORDERED);
      for (String start : ORDERED) {
        assertThat(listed(store, "", ListCursor.after(new ObjectName(start))))
            .isEqualTo(inUtf16Order(start));
      }
    }
  }

  /** S3Mock looks whether the name is free, and then stores: two writers can both find it free. */
  @Test
  @Override
  @Deviation("create-only is not atomic")
  public void oneOfEightWritersOfASmallObjectWins() throws Exception {
    oneAfterTheOther(1000);
  }

  /** The same; and the loser's upload, when it is aborted, takes the winner's object with it. */
  @Test
  @Override
  @Deviation(ABORT)
  public void oneOfEightWritersOfALargeObjectWins() throws Exception {
    oneAfterTheOther(partSizeBytes() + 1);
  }

  @Test
  @Override
  @Deviation(ABORT)
  public void twoPutsThatResumeAtOnceMakeOneObject() throws Exception {
    oneAfterTheOther(3 * partSizeBytes() + 7);
  }

  private static List<String> inUtf16Order(String after) {
    return ORDERED.stream().filter(n -> n.compareTo(after) > 0).sorted().toList();
  }
}
