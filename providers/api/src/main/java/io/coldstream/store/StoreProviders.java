package io.coldstream.store;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The kinds of store that this installation has. */
public final class StoreProviders {

  private StoreProviders() {}

  /**
   * Finds the provider for a URL.
   *
   * @param url where the store is
   * @return its provider
   * @throws StoreException {@link StoreException.Kind#REJECTED} when no provider has the URL's scheme
   */
  public static StoreProvider forUrl(StoreUrl url) throws StoreException {
    Set<String> schemes = new TreeSet<>();
    for (StoreProvider provider : ServiceLoader.load(StoreProvider.class)) {
      if (provider.scheme().equals(url.scheme())) {
        return provider;
      }
      schemes.add(provider.scheme());
    }
    throw new StoreException(
        StoreException.Kind.REJECTED,
        "repository URL: no provider for the scheme "
            + Names.quoted(url.scheme())
            + "; this installation has "
            + schemes,
        null);
  }

  /**
   * The settings that each provider of this installation knows beside the common ones.
   *
   * @return their names, by the provider's scheme
   */
  public static Map<String, Set<String>> settingNames() {
    Map<String, Set<String>> names = new TreeMap<>();
    ServiceLoader.load(StoreProvider.class).forEach(p -> names.put(p.scheme(), p.settingNames()));
    return names;
  }
}
