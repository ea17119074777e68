package io.coldstream.cli.compose;

import io.coldstream.cli.settings.RepositoryAddress;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.spi.StoreProvider;
import io.coldstream.store.spi.StoreProviders;
import io.coldstream.store.spi.StoreReport;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreTools;

/**
 * Where a store is, who provides it, and how it is set: the one place where a store is opened.
 *
 * @param address the repository's address
 * @param provider the provider of the address's scheme
 * @param settings what is set for the store
 */
record StoreLocation(RepositoryAddress address, StoreProvider provider, StoreSettings settings) {

  /** Finds the provider, and reads the settings that it knows. */
  static StoreLocation of(RepositoryAddress address) throws StoreException {
    StoreProvider found = StoreProviders.forUrl(address.url());
    StoreProvider provider = address.credentials().isSet()
        ? found.withCredentials(address.credentials().variables())
        : found;
    return new StoreLocation(
        address, provider, StoreSettings.of(address.storeSettings(), provider.settingNames()));
  }

  /** The same place with parts of another size. */
  StoreLocation withPartBytes(long partBytes) {
    StoreSettings small = new StoreSettings(
        partBytes,
        settings.parallel(),
        settings.storageClass(),
        settings.attempts(),
        settings.timeout(),
        settings.caFile(),
        settings.lock(),
        settings.own());
    return new StoreLocation(address, provider, small);
  }

  /** Opens the store, without decorators. */
  ObjectStore open(StoreTools tools) throws StoreException {
    try {
      return provider.open(address.url(), settings, tools);
    } catch (StoreException e) {
      throw address.placed(e);
    }
  }

  /** Asks the provider about the place. */
  StoreReport inspect() throws StoreException {
    return provider.inspect(address.url(), settings);
  }
}
