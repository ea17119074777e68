package io.coldstream.cli.settings;

import io.coldstream.store.StoreException;
import io.coldstream.store.spi.Refusals;
import io.coldstream.store.spi.StoreUrl;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a repository is and how its store is used. Prints as the URL without its query.
 *
 * @param setting what the URL was set with, such as {@code repo}
 * @param written the URL as it was given, with its query
 * @param url the checked URL
 * @param storeSettings names and values for the store's provider, those of the URL's query over
 *     those of the file
 * @param credentials those of this store alone, where it has any
 */
public record RepositoryAddress(
    String setting,
    Located written,
    StoreUrl url,
    Map<String, String> storeSettings,
    StoreCredentials credentials) {

  public RepositoryAddress {
    storeSettings = Map.copyOf(storeSettings);
  }

  /**
   * An address with the credentials of the environment.
   *
   * @param setting what the URL was set with
   * @param written the URL as it was given
   * @param url the checked URL
   * @param settings what is set for its store
   * @return the address
   */
  public static RepositoryAddress of(
      String setting, Located written, StoreUrl url, Map<String, Located> settings) {
    Map<String, String> values = new TreeMap<>();
    settings.forEach((name, value) -> values.put(name, value.text()));
    return new RepositoryAddress(setting, written, url, values, StoreCredentials.OF_ENVIRONMENT);
  }

  /** The same place with other credentials. */
  RepositoryAddress as(StoreCredentials other) {
    return new RepositoryAddress(setting, written, url, storeSettings, other);
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
            refusal.kind(), Values.named(setting, written) + refusal.getMessage(), refusal)
        : refusal;
  }

  @Override
  public String toString() {
    return url.toString();
  }
}
