package io.coldstream.store.spi;

import io.coldstream.store.Names;
import io.coldstream.store.StoreException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

/** The kinds of store that this installation has. */
public final class StoreProviders {

  /** Searched once: each search opens every jar of the installation. */
  private static final List<StoreProvider> ALL = ServiceLoader.load(StoreProvider.class).stream()
      .map(ServiceLoader.Provider::get)
      .sorted(Comparator.comparing(StoreProvider::scheme))
      .toList();

  private StoreProviders() {}

  /**
   * Finds the provider for a URL.
   *
   * @param url where the store is
   * @return its provider
   * @throws StoreException {@link StoreException.Kind#REJECTED} when no provider has the URL's scheme
   */
  public static StoreProvider forUrl(StoreUrl url) throws StoreException {
    for (StoreProvider provider : ALL) {
      if (provider.scheme().equals(url.scheme())) {
        return provider;
      }
    }
    throw new StoreException(
        StoreException.Kind.REJECTED,
        "repository URL: no provider for the scheme "
            + Names.quoted(url.scheme())
            + "; this installation has "
            + ALL.stream().map(StoreProvider::scheme).toList(),
        null);
  }

  /**
   * The providers of this installation.
   *
   * @return all of them, by scheme
   */
  public static List<StoreProvider> all() {
    return ALL;
  }

  /**
   * The settings that each provider of this installation knows beside the common ones.
   *
   * @return their names, by the provider's scheme
   */
  public static Map<String, Set<String>> settingNames() {
    Map<String, Set<String>> names = new TreeMap<>();
    ALL.forEach(p -> names.put(p.scheme(), p.settingNames()));
    return names;
  }
}
