package io.coldstream.cli.settings;

import io.coldstream.store.spi.StoreUrl;
import java.util.Map;

/**
 * Where the repository is and how its store is used. Prints as the URL without its query.
 *
 * @param text the URL as it was given, with its query
 * @param url the checked URL
 * @param storeSettings names and values for the store's provider, those of the URL's query over
 *     those of the file
 */
public record RepositoryAddress(String text, StoreUrl url, Map<String, String> storeSettings) {

  public RepositoryAddress {
    storeSettings = Map.copyOf(storeSettings);
  }

  @Override
  public String toString() {
    return url.toString();
  }
}
