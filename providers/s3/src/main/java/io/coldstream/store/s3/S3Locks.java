package io.coldstream.store.s3;

import io.coldstream.store.ObjectName;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.spi.LockSettings;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.ObjectLockRetention;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Object Lock: what a put carries of it, and the calls about the lock of an object. */
final class S3Locks {

  /** The error for an object that was never locked. */
  private static final String NO_LOCK = "NoSuchObjectLockConfiguration";

  private final S3Client client;
  private final Keys keys;
  private final LockSettings.Mode mode;

  S3Locks(S3Client client, S3Settings settings) {
    this.client = client;
    this.keys = settings.keys();
    this.mode = settings.common().lockMode();
  }

  void applyTo(PutObjectRequest.Builder request, Optional<Instant> lockedUntil) {
    lockedUntil.ifPresent(
        until -> request.objectLockMode(ofObject()).objectLockRetainUntilDate(until));
  }

  void applyTo(CreateMultipartUploadRequest.Builder request, Optional<Instant> lockedUntil) {
    lockedUntil.ifPresent(
        until -> request.objectLockMode(ofObject()).objectLockRetainUntilDate(until));
  }

  private ObjectLockMode ofObject() {
    return switch (mode) {
      case GOVERNANCE -> ObjectLockMode.GOVERNANCE;
      case COMPLIANCE -> ObjectLockMode.COMPLIANCE;
    };
  }

  private ObjectLockRetentionMode ofRetention() {
    return switch (mode) {
      case GOVERNANCE -> ObjectLockRetentionMode.GOVERNANCE;
      case COMPLIANCE -> ObjectLockRetentionMode.COMPLIANCE;
    };
  }

  void extend(ObjectName name, Instant until) {
    client.putObjectRetention(b -> b.bucket(keys.bucket())
        .key(keys.key(name))
        .retention(r -> r.mode(ofRetention()).retainUntilDate(until)));
  }

  Optional<Instant> lockedUntil(ObjectName name) {
    try {
      return Optional.ofNullable(client
              .getObjectRetention(b -> b.bucket(keys.bucket()).key(keys.key(name)))
              .retention())
          .map(ObjectLockRetention::retainUntilDate);
    } catch (AwsServiceException e) {
      if (e.awsErrorDetails() != null && NO_LOCK.equals(e.awsErrorDetails().errorCode())) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
