package io.coldstream.store.azure;

import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.models.BlobContainerProperties;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.ListBlobsOptions;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.DriverCalls;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.network.Network;
import io.coldstream.store.spi.Permission;
import io.coldstream.store.spi.StoreFact;
import io.coldstream.store.spi.StoreFact.Topic;
import io.coldstream.store.spi.StoreReport;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Azure reports about a container. The listing that it begins with needs no permission that a
 * backup does not need; the container's properties need one that no identity of Coldstream must
 * have, and are unknown without.
 */
final class AzureInspection implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AzureInspection.class);

  private static final String OF_BLOBS =
      "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/";

  private final AzureSettings settings;
  private final Credentials credentials;
  private final Clock clock;
  private final AzureConnection connection;

  private AzureInspection(
      AzureSettings settings, Credentials credentials, Clock clock, AzureConnection connection) {
    this.settings = settings;
    this.credentials = credentials;
    this.clock = clock;
    this.connection = connection;
  }

  static AzureInspection open(
      AzureSettings settings, Network network, Credentials credentials, Clock clock)
      throws StoreException {
    return new AzureInspection(
        settings, credentials, clock, AzureConnection.open(settings, network, credentials));
  }

  static String permission(Permission need) {
    return switch (need) {
      case LIST -> OF_BLOBS + "read (in a SAS: l)";
      case REMOVE_UNFINISHED_UPLOADS -> OF_BLOBS + "read (in a SAS: l and r)";
      case READ -> OF_BLOBS + "read (in a SAS: r)";
      case CREATE -> OF_BLOBS + "add/action or write (in a SAS: c)";
      case CREATE_IN_PARTS ->
        OF_BLOBS + "write (in a SAS: w); to go on with a broken put also read (r); neither is"
            + " needed where part-size is above the longest file";
      case LOCK -> OF_BLOBS + "immutableStorage/runAsSuperUser/action (in a SAS: i)";
      case READ_LOCK -> OF_BLOBS + "read (in a SAS: r)";
      case DELETE -> OF_BLOBS + "delete (in a SAS: d)";
      case USE_KEY -> "an encryption scope of this account that is enabled";
    };
  }

  @Override
  public void close() {
    connection.close();
  }

  StoreReport report() throws StoreException {
    Optional<Duration> clockAhead = clockAhead();
    Optional<BlobContainerProperties> properties = properties();
    return new StoreReport(
        clockAhead,
        true,
        List.of(
            StoreFact.good(Topic.IDENTITY, credentials.source()),
            StoreFact.unknown(Topic.REGION, "Azure does not tell an account's region here"),
            StoreFact.good(Topic.STORE, URI.create(settings.serviceUrl()).getAuthority()),
            versioning(properties),
            retention(properties),
            StoreFact.unknown(
                Topic.EXPIRY, "an account's lifecycle policy is not told here: check it yourself"),
            encryption(properties)));
  }

  /**
   * The smallest request whose answer has the time; empty when this identity is not allowed to
   * list.
   */
  private Optional<Duration> clockAhead() throws StoreException {
    ListBlobsOptions options =
        new ListBlobsOptions().setPrefix(settings.keys().prefix().value()).setMaxResultsPerPage(1);
    try {
      BlobListing listing = new BlobListing(connection);
      PagedResponse<BlobItem> page = new DriverCalls(new AzureDriver(connection, settings))
          .call(
              Operation.LIST,
              settings.keys().shown(),
              () -> listing.page(options, Optional.empty()));
      return BlobListing.time(page).map(theirs -> Duration.between(Instant.now(clock), theirs));
    } catch (StoreException e) {
      if (e.kind() == Kind.ACCESS_DENIED) {
        LOG.debug("the store's clock is unknown: {}", e.getMessage());
        return Optional.empty();
      }
      throw e;
    }
  }

  /** What the container says of itself; empty when it does not, or not to this identity. */
  private Optional<BlobContainerProperties> properties() {
    try {
      return Optional.ofNullable(AzureFailures.call(
          Operation.READ,
          settings.keys().shown(),
          () -> connection.exchanges().await(connection.container().getProperties())));
    } catch (StoreException e) {
      LOG.debug("the container's properties are unknown: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static StoreFact versioning(Optional<BlobContainerProperties> properties) {
    return properties
            .filter(p -> Boolean.TRUE.equals(p.isImmutableStorageWithVersioningEnabled()))
            .isPresent()
        ? StoreFact.good(Topic.VERSIONING, "on")
        : StoreFact.unknown(Topic.VERSIONING, "the account's setting is not told here");
  }

  private static StoreFact retention(Optional<BlobContainerProperties> properties) {
    if (properties.isEmpty()) {
      return notTold(Topic.RETENTION);
    }
    boolean hold = Boolean.TRUE.equals(properties.get().hasLegalHold());
    boolean policy = Boolean.TRUE.equals(properties.get().hasImmutabilityPolicy());
    String what = hold ? "a legal hold" : "an immutability policy";
    return StoreFact.good(
        Topic.RETENTION,
        hold || policy
            ? "on: " + what + "; nothing can be removed before"
            : Boolean.TRUE.equals(properties.get().isImmutableStorageWithVersioningEnabled())
                ? "on, no default"
                : "off");
  }

  private StoreFact encryption(Optional<BlobContainerProperties> properties) {
    if (settings.encryptionScope().isPresent()) {
      return StoreFact.good(
          Topic.ENCRYPTION, "the scope of the setting encryption-scope is used instead");
    }
    return properties
        .map(BlobContainerProperties::getDefaultEncryptionScope)
        .map(scope -> StoreFact.good(Topic.ENCRYPTION, "scope " + scope))
        .orElseGet(() -> notTold(Topic.ENCRYPTION));
  }

  private static StoreFact notTold(Topic topic) {
    return StoreFact.unknown(
        topic,
        "not told to this identity"
            + " (Microsoft.Storage/storageAccounts/blobServices/containers/read, not needed)");
  }
}
