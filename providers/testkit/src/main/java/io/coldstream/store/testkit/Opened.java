package io.coldstream.store.testkit;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.spi.StoreProvider;
import io.coldstream.store.spi.StoreProviders;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.spi.StoreUrl;
import java.util.HashMap;
import java.util.Map;

/** Opens stores as the program does: by URL and settings, without decorators. */
public final class Opened {

  private Opened() {}

  /**
   * Opens a store that sends parts side by side and keeps nothing on this machine.
   *
   * @param url where, settings in its query included
   * @param settings further ones
   * @param more further ones: name, value, name, value …
   * @return the bare store
   * @throws StoreException as the provider says
   */
  public static ObjectStore store(String url, Map<String, String> settings, String... more)
      throws StoreException {
    return store(TestTools.parallel(), url, settings, more);
  }

  /**
   * Opens a store.
   *
   * @param tools what it works with
   * @param url where, settings in its query included
   * @param settings further ones
   * @param more further ones: name, value, name, value …
   * @return the bare store
   * @throws StoreException as the provider says
   */
  public static ObjectStore store(
      StoreTools tools, String url, Map<String, String> settings, String... more)
      throws StoreException {
    Map<String, String> all = new HashMap<>(settings);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    StoreUrl parsed = StoreUrl.parse(url);
    all.putAll(parsed.settings());
    StoreProvider provider = StoreProviders.forUrl(parsed);
    return provider.open(parsed, StoreSettings.of(all, provider.settingNames()), tools);
  }
}
