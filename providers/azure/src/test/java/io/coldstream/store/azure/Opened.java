package io.coldstream.store.azure;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.spi.StoreUrl;
import java.util.HashMap;
import java.util.Map;

/** Opens stores with small parts and a test's own environment. */
final class Opened {

  static final int PART_BYTES = 64 << 10;

  private Opened() {}

  static ObjectStore store(
      Map<String, String> environment, String url, Map<String, String> settings, String... more)
      throws StoreException {
    return store(StoreTools.NONE, environment, url, settings, more);
  }

  static ObjectStore store(
      StoreTools tools,
      Map<String, String> environment,
      String url,
      Map<String, String> settings,
      String... more)
      throws StoreException {
    Map<String, String> all = new HashMap<>(settings);
    all.put("part-size", String.valueOf(PART_BYTES));
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    AzureStoreProvider provider = new AzureStoreProvider(environment);
    return provider.open(
        StoreUrl.parse(url), StoreSettings.of(all, provider.settingNames()), tools);
  }
}
