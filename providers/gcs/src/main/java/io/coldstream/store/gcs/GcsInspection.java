package io.coldstream.store.gcs;

import com.google.api.client.http.HttpResponse;
import com.google.api.services.storage.model.Bucket;
import com.google.auth.Credentials;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.network.Network;
import io.coldstream.store.spi.Permission;
import io.coldstream.store.spi.StoreFact;
import io.coldstream.store.spi.StoreFact.Severity;
import io.coldstream.store.spi.StoreFact.Topic;
import io.coldstream.store.spi.StoreReport;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Google Cloud Storage reports about a bucket. The listing that it begins with needs no
 * permission that a backup does not need; the bucket's own properties need one that no identity of
 * Coldstream must have, and are unknown without.
 */
final class GcsInspection implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GcsInspection.class);

  private final GcsSettings settings;
  private final Clock clock;
  private final Credentials credentials;
  private final GcsConnection connection;

  private GcsInspection(
      GcsSettings settings, Clock clock, Credentials credentials, GcsConnection connection) {
    this.settings = settings;
    this.clock = clock;
    this.credentials = credentials;
    this.connection = connection;
  }

  /** Inspects with given credentials. */
  static GcsInspection open(
      GcsSettings settings, Network network, Clock clock, Credentials credentials)
      throws StoreException {
    return new GcsInspection(
        settings, clock, credentials, GcsConnection.open(settings, network, credentials));
  }

  static String permission(Permission need) {
    return switch (need) {
      case LIST -> "storage.objects.list";
      case READ -> "storage.objects.get";
      case CREATE, CREATE_IN_PARTS -> "storage.objects.create";
      case LOCK -> "storage.objects.setRetention, storage.objects.update";
      case READ_LOCK -> "storage.objects.get";
      case DELETE -> "storage.objects.delete";
      case REMOVE_UNFINISHED_UPLOADS ->
        "storage.objects.create, on the machine that began the upload";
      case USE_KEY ->
        "cloudkms.cryptoKeyVersions.useToEncrypt and useToDecrypt, for the service agent of the"
            + " bucket's project";
    };
  }

  @Override
  public void close() {
    connection.close();
  }

  StoreReport report() throws StoreException {
    Optional<Duration> clockAhead = clockAhead();
    Optional<Bucket> bucket = bucket();
    return new StoreReport(
        clockAhead,
        true,
        List.of(
            StoreFact.good(Topic.IDENTITY, GcsIdentity.shown(credentials)),
            region(bucket),
            StoreFact.good(Topic.STORE, URI.create(settings.endpoint()).getAuthority()),
            versioning(bucket),
            retention(bucket),
            expiry(bucket),
            encryption(bucket)));
  }

  /**
   * The smallest request whose answer has the time; empty when this identity is not allowed to
   * list.
   */
  private Optional<Duration> clockAhead() throws StoreException {
    try {
      return GcsFailures.call(Operation.LIST, settings.keys().shown(), () -> {
        HttpResponse answer = connection
            .client()
            .objects()
            .list(settings.keys().bucket())
            .setPrefix(settings.keys().prefix().value())
            .setMaxResults(1L)
            .setFields("kind")
            .setUserProject(settings.project().orElse(null))
            .executeUnparsed();
        try {
          return AnswerHeaders.first(answer, "Date").map(this::ahead);
        } finally {
          answer.disconnect();
        }
      });
    } catch (DateTimeException e) {
      LOG.debug("the store's clock is unknown: {}", e.getMessage());
      return Optional.empty();
    } catch (StoreException e) {
      if (e.kind() == Kind.ACCESS_DENIED) {
        LOG.debug("the store's clock is unknown: {}", e.getMessage());
        return Optional.empty();
      }
      throw e;
    }
  }

  private Duration ahead(String date) {
    ZonedDateTime theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
    return Duration.between(Instant.now(clock), theirs.toInstant());
  }

  /** What the bucket says of itself; empty when it does not, or not to this identity. */
  private Optional<Bucket> bucket() {
    try {
      return Optional.ofNullable(GcsFailures.call(
          Operation.READ,
          settings.keys().shown(),
          () -> connection
              .client()
              .buckets()
              .get(settings.keys().bucket())
              .setUserProject(settings.project().orElse(null))
              .execute()));
    } catch (StoreException e) {
      LOG.debug("the bucket's properties are unknown: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static StoreFact region(Optional<Bucket> bucket) {
    return bucket
        .map(Bucket::getLocation)
        .map(location -> StoreFact.good(Topic.REGION, location.toLowerCase(Locale.ROOT)))
        .orElseGet(() -> notTold(Topic.REGION));
  }

  private static StoreFact versioning(Optional<Bucket> bucket) {
    if (bucket.isEmpty()) {
      return notTold(Topic.VERSIONING);
    }
    Bucket.Versioning versioning = bucket.get().getVersioning();
    return versioning != null && Boolean.TRUE.equals(versioning.getEnabled())
        ? StoreFact.good(Topic.VERSIONING, "on")
        : new StoreFact(
            Topic.VERSIONING,
            Severity.CONCERN,
            "off: what is removed or replaced by whoever may is gone",
            "turn it on, with a lifecycle rule that removes old versions after some weeks");
  }

  private static StoreFact retention(Optional<Bucket> bucket) {
    if (bucket.isEmpty()) {
      return notTold(Topic.RETENTION);
    }
    Bucket.RetentionPolicy policy = bucket.get().getRetentionPolicy();
    return StoreFact.good(
        Topic.RETENTION,
        policy == null || policy.getRetentionPeriod() == null
            ? (isObjectRetentionOn(bucket.get()) ? "on, no default" : "off")
            : "on: " + Duration.ofSeconds(policy.getRetentionPeriod()).toDays()
                + " days; nothing can be removed before");
  }

  private static boolean isObjectRetentionOn(Bucket bucket) {
    return bucket.getObjectRetention() != null
        && "Enabled".equalsIgnoreCase(bucket.getObjectRetention().getMode());
  }

  private StoreFact expiry(Optional<Bucket> bucket) {
    if (bucket.isEmpty()) {
      return notTold(Topic.EXPIRY);
    }
    return Optional.ofNullable(bucket.get().getLifecycle())
        .map(Bucket.Lifecycle::getRule)
        .orElse(List.of())
        .stream()
        .filter(this::removesObjects)
        .findFirst()
        .map(rule -> StoreFact.expires("a lifecycle rule with the action Delete"))
        .orElseGet(() -> StoreFact.good(Topic.EXPIRY, "no rule removes objects here"));
  }

  /** Removing versions that are not live any more is no harm. */
  private boolean removesObjects(Bucket.Lifecycle.Rule rule) {
    Bucket.Lifecycle.Rule.Condition when = rule.getCondition();
    return rule.getAction() != null
        && "Delete".equals(rule.getAction().getType())
        && (when == null
            || (!Boolean.FALSE.equals(when.getIsLive())
                && when.getNumNewerVersions() == null
                && when.getDaysSinceNoncurrentTime() == null
                && when.getNoncurrentTimeBefore() == null
                && Optional.ofNullable(when.getMatchesPrefix()).orElse(List.of("")).stream()
                    .anyMatch(settings.keys()::meets)));
  }

  private StoreFact encryption(Optional<Bucket> bucket) {
    if (settings.kmsKey().isPresent()) {
      return StoreFact.good(Topic.ENCRYPTION, "the key of the setting kms-key is used instead");
    }
    if (bucket.isEmpty()) {
      return notTold(Topic.ENCRYPTION);
    }
    Bucket.Encryption encryption = bucket.get().getEncryption();
    return StoreFact.good(
        Topic.ENCRYPTION,
        encryption == null || encryption.getDefaultKmsKeyName() == null
            ? "the store's own"
            : "the key " + encryption.getDefaultKmsKeyName());
  }

  private static StoreFact notTold(Topic topic) {
    return StoreFact.unknown(topic, "not told to this identity (storage.buckets.get, not needed)");
  }
}
