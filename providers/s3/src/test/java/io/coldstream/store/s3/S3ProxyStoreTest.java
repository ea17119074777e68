package io.coldstream.store.s3;

import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.testkit.emulator.Deviation;
import io.coldstream.store.testkit.emulator.Emulator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract against S3Proxy, which keeps objects as files in memory. */
@Emulator(value = "S3Proxy", artifact = "org.gaul:s3proxy")
class S3ProxyStoreTest implements FlatNamesContract {

  private static final String UTF_16 = NO_CONTINUATION + "; orders keys by UTF-16";

  private final Bucket bucket = Bucket.on(S3Emulator.s3proxy());

  @Override
  public Bucket bucket() {
    return bucket;
  }

  /** By UTF-16, as Java orders strings. */
  @Override
  public List<String> flat() {
    return List.of(
        "A", "a b", "a!", "a-b/c", "a.b/c", "a/-", "a/b", "a0", "é", "😀", "\uE000", "\uFF5E");
  }

  @Test
  @Override
  @Deviation(UTF_16)
  public void namesAreListedInTheOrderOfTheirUtf8Bytes() throws Exception {
    FlatNamesContract.super.namesAreListedInTheOrderOfTheirUtf8Bytes();
  }

  @Test
  @Override
  @Deviation(UTF_16)
  public void aListingStartsAfterAnyName() throws Exception {
    FlatNamesContract.super.aListingStartsAfterAnyName();
  }
}
