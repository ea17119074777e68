package io.coldstream.cli.settings;

import io.coldstream.store.StoreException;
import io.coldstream.store.spi.Refusals;
import io.coldstream.store.spi.StoreUrl;
import java.util.Map;

/**
 * Where the repository is and how its store is used. Prints as the URL without its query.
 *
 * @param written the URL as it was given, with its query
 * @param url the checked URL
 * @param storeSettings names and values for the store's provider, those of the URL's query over
 *     those of the file
 */
public record RepositoryAddress(Located written, StoreUrl url, Map<String, String> storeSettings) {

  public RepositoryAddress {
    storeSettings = Map.copyOf(storeSettings);
  }

  /** {@return the URL as it was given, with its query} */
  public String text() {
    return written.text();
  }

  /**
   * Adds to a provider's refusal of the URL where the URL was set.
   *
   * @param refusal why the store could not be opened
   * @return what to throw; the same when it is about something else
   */
  public StoreException placed(StoreException refusal) {
    return Refusals.isOfUrl(refusal)
        ? new StoreException(
            refusal.kind(), Values.named(Setting.REPO, written) + refusal.getMessage(), refusal)
        : refusal;
  }

  @Override
  public String toString() {
    return url.toString();
  }
}
