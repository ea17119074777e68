package io.coldstream.store.s3;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreProvider;
import io.coldstream.store.StoreProviders;
import io.coldstream.store.StoreSettings;
import io.coldstream.store.StoreUrl;
import java.util.HashMap;
import java.util.Map;

/** Opens stores as the program does: by URL and settings. */
final class Opened {

  private Opened() {}

  static ObjectStore store(String url, Map<String, String> settings, String... more)
      throws StoreException {
    Map<String, String> all = new HashMap<>(settings);
    all.put("part-size", "5MiB");
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    StoreUrl parsed = StoreUrl.parse(url);
    all.putAll(parsed.settings());
    StoreProvider provider = StoreProviders.forUrl(parsed);
    return provider.open(parsed, StoreSettings.of(all, provider.settingNames()));
  }
}
