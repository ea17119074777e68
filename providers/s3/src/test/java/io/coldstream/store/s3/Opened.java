package io.coldstream.store.s3;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.testkit.TestTools;
import java.util.HashMap;
import java.util.Map;

/** Opens stores with the smallest parts that S3 allows. */
final class Opened {

  private Opened() {}

  static ObjectStore store(String url, Map<String, String> settings, String... more)
      throws StoreException {
    return store(TestTools.parallel(), url, settings, more);
  }

  /** One part after the other, so that their order is known. */
  static ObjectStore inOrder(String url, Map<String, String> settings, String... more)
      throws StoreException {
    return store(StoreTools.NONE, url, settings, more);
  }

  static ObjectStore store(
      StoreTools tools, String url, Map<String, String> settings, String... more)
      throws StoreException {
    Map<String, String> all = new HashMap<>(settings);
    all.put("part-size", "5MiB");
    return io.coldstream.store.testkit.Opened.store(tools, url, all, more);
  }
}
