package io.coldstream.store.s3;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.spi.Permission;
import io.coldstream.store.spi.StoreFact;
import io.coldstream.store.spi.StoreFact.Severity;
import io.coldstream.store.spi.StoreFact.Topic;
import io.coldstream.store.spi.StoreReport;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DefaultRetention;
import software.amazon.awssdk.services.s3.model.GetObjectLockConfigurationResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionByDefault;

/**
 * What S3 reports about a bucket. The listing that it begins with needs no permission that a backup
 * does not need; what the bucket says of its configuration needs some that no identity of
 * Coldstream must have, and is unknown without.
 */
final class S3Inspection implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(S3Inspection.class);

  private static final int SHOWN_OF_KEY = 4;

  private final S3Settings settings;
  private final Clock clock;
  private final S3Connection connection;
  private final S3Client client;
  private final String bucket;

  private S3Inspection(S3Settings settings, Clock clock, S3Connection connection) {
    this.settings = settings;
    this.clock = clock;
    this.connection = connection;
    this.client = connection.client();
    this.bucket = settings.keys().bucket();
  }

  /** Asks over a connection, which is closed with this. */
  static S3Inspection on(S3Connection connection, S3Settings settings, Clock clock) {
    return new S3Inspection(settings, clock, connection);
  }

  static String permission(Permission need) {
    return switch (need) {
      case LIST -> "s3:ListBucket";
      case READ -> "s3:GetObject";
      case CREATE -> "s3:PutObject (with the setting tags also s3:PutObjectTagging)";
      case CREATE_IN_PARTS ->
        "s3:PutObject, s3:ListBucketMultipartUploads, s3:ListMultipartUploadParts,"
            + " s3:AbortMultipartUpload";
      case LOCK -> "s3:PutObjectRetention";
      case READ_LOCK -> "s3:GetObjectRetention";
      case DELETE -> "s3:DeleteObject";
      case REMOVE_UNFINISHED_UPLOADS -> "s3:ListBucketMultipartUploads, s3:AbortMultipartUpload";
      case USE_KEY -> "kms:GenerateDataKey, kms:Decrypt";
    };
  }

  @Override
  public void close() {
    connection.close();
  }

  StoreReport report() throws StoreException {
    StoreFact identity = identity();
    Optional<SdkHttpResponse> answer = listing();
    return new StoreReport(
        answer.flatMap(this::clockAhead),
        true,
        Stream.concat(
                Stream.of(
                    identity,
                    region(answer),
                    store(),
                    versioning(),
                    retention(),
                    expiry(),
                    encryption()),
                oneWriter().stream())
            .toList());
  }

  private StoreFact identity() throws StoreException {
    AwsCredentialsIdentity found =
        S3Failures.call(Operation.OPEN, settings.keys().shown(), this::resolved);
    String id = found.accessKeyId();
    String end = id.substring(Math.max(0, id.length() - SHOWN_OF_KEY));
    return StoreFact.good(
        Topic.IDENTITY,
        "access key ..." + end
            + connection.credentials().origin().map(origin -> ", " + origin).orElse("")
            + found.accountId().map(account -> ", account " + account).orElse(""));
  }

  private AwsCredentialsIdentity resolved() {
    try {
      return client
          .serviceClientConfiguration()
          .credentialsProvider()
          .resolveIdentity()
          .join();
    } catch (CompletionException e) {
      // The future wraps what a call would have thrown.
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /**
   * The smallest request whose answer has time and region; empty when this identity is not allowed
   * to list.
   */
  private Optional<SdkHttpResponse> listing() throws StoreException {
    try {
      return Optional.of(S3Failures.call(
              Operation.LIST,
              settings.keys().shown(),
              () -> client.listObjectsV2(
                  b -> b.bucket(bucket).prefix(settings.keys().prefix().value()).maxKeys(1)))
          .sdkHttpResponse());
    } catch (StoreException e) {
      if (e.kind() == Kind.ACCESS_DENIED) {
        LOG.debug("the store's clock is unknown: {}", e.getMessage());
        return Optional.empty();
      }
      throw e;
    }
  }

  private Optional<Duration> clockAhead(SdkHttpResponse answer) {
    return S3Failures.time(answer).map(theirs -> Duration.between(Instant.now(clock), theirs));
  }

  private StoreFact region(Optional<SdkHttpResponse> answer) {
    Optional<String> told = answer
        .flatMap(a -> a.firstMatchingHeader("x-amz-bucket-region"))
        .filter(region -> region.matches("[a-z0-9-]{1,40}"));
    return StoreFact.good(
        Topic.REGION,
        told.orElseGet(() -> client.serviceClientConfiguration().region() + ", as configured"));
  }

  private StoreFact store() {
    String where = settings.endpoint().map(URI::getAuthority).orElse("Amazon S3");
    StoreProfile profile = settings.store();
    String what = where + ", taken to be of the kind " + profile.name()
        + (profile.listing() == StoreProfile.Listing.BY_NAME
            ? "; it lists unfinished uploads by exact name only: they must expire by themselves"
            : "");
    return profile
        .lack()
        .map(lack ->
            new StoreFact(Topic.STORE, Severity.CONCERN, what + "; " + lack, profile.advice()))
        .orElseGet(() -> StoreFact.good(Topic.STORE, what));
  }

  private Optional<StoreFact> oneWriter() {
    return settings.kind().isExclusive()
        ? Optional.empty()
        : Optional.of(StoreFact.oneWriter("by the setting create=checked"));
  }

  private StoreFact versioning() throws StoreException {
    return fact(Topic.VERSIONING, "s3:GetBucketVersioning", () -> {
      BucketVersioningStatus status =
          client.getBucketVersioning(b -> b.bucket(bucket)).status();
      return status == BucketVersioningStatus.ENABLED
          ? StoreFact.good(Topic.VERSIONING, "on")
          : new StoreFact(
              Topic.VERSIONING,
              Severity.CONCERN,
              "off: what is removed or replaced by whoever may is gone",
              "turn it on, with a lifecycle rule that removes old versions after some weeks");
    });
  }

  private StoreFact retention() throws StoreException {
    return fact(Topic.RETENTION, "s3:GetBucketObjectLockConfiguration", () -> {
      GetObjectLockConfigurationResponse answer =
          client.getObjectLockConfiguration(b -> b.bucket(bucket));
      var configuration = answer.objectLockConfiguration();
      if (configuration == null || configuration.rule() == null) {
        return StoreFact.good(Topic.RETENTION, configuration == null ? "off" : "on, no default");
      }
      DefaultRetention kept = configuration.rule().defaultRetention();
      String time = kept.days() == null ? kept.years() + " years" : kept.days() + " days";
      return StoreFact.good(
          Topic.RETENTION,
          "on: " + kept.modeAsString() + ", " + time + "; nothing can be removed before");
    });
  }

  private StoreFact expiry() throws StoreException {
    return fact(
        Topic.EXPIRY,
        "s3:GetLifecycleConfiguration",
        () -> client.getBucketLifecycleConfiguration(b -> b.bucket(bucket)).rules().stream()
            .filter(new ObjectExpiry(settings.keys(), settings.kind().tags())::removes)
            .findFirst()
            .map(rule -> StoreFact.expires("the lifecycle rule \"" + rule.id() + "\""))
            .orElseGet(() -> StoreFact.good(Topic.EXPIRY, "no rule removes objects here")));
  }

  private StoreFact encryption() throws StoreException {
    if (settings.kind().kmsKey().isPresent()) {
      return StoreFact.good(Topic.ENCRYPTION, "the key of the setting kms-key is used instead");
    }
    return fact(Topic.ENCRYPTION, "s3:GetEncryptionConfiguration", () -> {
      var rules = client
          .getBucketEncryption(b -> b.bucket(bucket))
          .serverSideEncryptionConfiguration()
          .rules();
      ServerSideEncryptionByDefault first =
          rules.isEmpty() ? null : rules.get(0).applyServerSideEncryptionByDefault();
      return StoreFact.good(
          Topic.ENCRYPTION, first == null ? "the store's own" : first.sseAlgorithmAsString());
    });
  }

  /** A fact that an answer tells; without one, why there is none. */
  private StoreFact fact(Topic topic, String permission, S3Failures.Call<StoreFact> call)
      throws StoreException {
    try {
      return S3Failures.call(Operation.READ, settings.keys().shown(), call);
    } catch (StoreException e) {
      LOG.debug("no answer about {}: {}", topic, e.getMessage());
      return switch (e.kind()) {
        case ACCESS_DENIED ->
          StoreFact.unknown(topic, "not told to this identity (" + permission + ", not needed)");
        case NOT_FOUND -> StoreFact.good(topic, "off");
        case REJECTED, LOCKED, CORRUPT, ALREADY_EXISTS, SOURCE_UNREADABLE, UNAVAILABLE ->
          StoreFact.unknown(topic, "the store does not tell");
      };
    }
  }
}
