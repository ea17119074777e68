package io.coldstream.store.azure;

import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.Endpoint;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.spi.Refusals;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreUrl;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How to use one container: the URL and the settings, read and checked.
 *
 * @param account the storage account's name
 * @param keys container and prefix
 * @param common the settings of every store; the part size is from 64 KiB to 4,000 MiB
 * @param bulkTier the access tier of bulk blobs in Azure's spelling, where configured
 * @param endpoint the blob service's whole URL, where configured
 * @param encryptionScope what new blobs are encrypted under, where configured
 */
record AzureSettings(
    String account,
    Keys keys,
    StoreSettings common,
    Optional<String> bulkTier,
    Optional<URI> endpoint,
    Optional<String> encryptionScope) {

  /** Our own names, beside the common ones. */
  static final Set<String> NAMES = Set.of("endpoint", "encryption-scope");

  /** The largest block that the service takes. */
  static final long MAX_PART_BYTES = 4000L << 20;

  private static final long MIN_PART_BYTES = 64L << 10;
  private static final List<String> TIERS = List.of("Hot", "Cool", "Cold");

  private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9]{3,24}");
  private static final Pattern CONTAINER =
      Pattern.compile("(?=.{3,63}(/|$))[a-z0-9](-?[a-z0-9])*|\\$root|\\$web");
  private static final Pattern SCOPE = Pattern.compile("[A-Za-z0-9-]{3,63}");

  /**
   * Reads them.
   *
   * @throws StoreException {@link Kind#REJECTED} naming the URL's part or the setting that is wrong,
   *     never its value
   */
  static AzureSettings of(StoreUrl url, StoreSettings settings) throws StoreException {
    if (settings.partSizeBytes() < MIN_PART_BYTES || settings.partSizeBytes() > MAX_PART_BYTES) {
      throw Refusals.setting("part-size", "must be from 64KiB to 4000MiB on Azure");
    }
    Optional<String> scope = settings.own("encryption-scope");
    if (scope.isPresent() && !SCOPE.matcher(scope.get()).matches()) {
      throw Refusals.setting(
          "encryption-scope", "must be a scope's name: 3 to 63 letters, digits and hyphens");
    }
    return new AzureSettings(
        url.authority(), keys(url), settings, tier(settings), endpoint(settings), scope);
  }

  /** The service's URL: the configured one, else that of the account in Azure's public cloud. */
  String serviceUrl() {
    return endpoint
        .map(URI::toString)
        .orElseGet(() -> "https://" + account + ".blob.core.windows.net");
  }

  private static Keys keys(StoreUrl url) throws StoreException {
    int slash = url.path().indexOf('/');
    String container = slash < 0 ? url.path() : url.path().substring(0, slash);
    String rest = slash < 0 ? "" : url.path().substring(slash + 1);
    if (!ACCOUNT.matcher(url.authority()).matches()) {
      throw Refusals.url("az:// is followed by a storage account's name alone: 3 to 24 lower-case"
          + " letters and digits; another service's address goes into the setting endpoint");
    }
    if (!CONTAINER.matcher(container).matches()) {
      throw Refusals.url("az://account/ is followed by a container's name:"
          + " 3 to 63 lower-case letters, digits and single hyphens");
    }
    try {
      ObjectPrefix prefix = new ObjectPrefix(rest.isEmpty() ? "" : rest + "/");
      return new Keys("az://" + url.authority() + "/" + container + "/", container, prefix);
    } catch (IllegalArgumentException e) {
      throw Refusals.url(e.getMessage());
    }
  }

  private static Optional<String> tier(StoreSettings settings) throws StoreException {
    if (settings.storageClass().isEmpty()) {
      return Optional.empty();
    }
    String asked = settings.storageClass().get();
    if (asked.equalsIgnoreCase("Archive")) {
      throw Refusals.setting(
          "storage-class",
          "cannot be Archive: what is there takes hours before it can be read; Cold costs little more");
    }
    return Optional.of(TIERS.stream()
        .filter(asked::equalsIgnoreCase)
        .findFirst()
        .orElseThrow(
            () -> Refusals.setting("storage-class", "must be Hot, Cool or Cold on Azure")));
  }

  private static Optional<URI> endpoint(StoreSettings settings) throws StoreException {
    Optional<String> text = settings.own("endpoint");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    URI endpoint = Endpoint.of(
        text.get(),
        "https://account.blob.core.windows.net",
        path -> path.matches("/?|/[a-z0-9]{3,24}/?"),
        "must be the whole URL of the blob service, without a container, a user or a query;"
            + " credentials come from the environment");
    if (endpoint.getPort() >= 0 && endpoint.getPort() < 10) {
      // Reactor Netty takes such a port for a part of the host's name.
      throw Refusals.setting("endpoint", "has a port of one digit, which Azure's SDK cannot call");
    }
    return Optional.of(endpoint);
  }
}
