package io.coldstream.store.azure;

import com.azure.storage.blob.models.BlobImmutabilityPolicy;
import com.azure.storage.blob.models.BlobImmutabilityPolicyMode;
import com.azure.storage.blob.models.BlobProperties;
import io.coldstream.store.ObjectName;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.spi.LockSettings;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Version-level immutability: the policy of a new blob, and the calls about the policy of a blob. An
 * unlocked policy can also be given an earlier end, which nothing here asks for.
 */
final class AzureLocks {

  private final AzureConnection connection;
  private final Keys keys;
  private final LockSettings.Mode mode;

  AzureLocks(AzureConnection connection, AzureSettings settings) {
    this.connection = connection;
    this.keys = settings.keys();
    this.mode = settings.common().lockMode();
  }

  /** A policy of the configured mode. */
  static BlobImmutabilityPolicy policy(LockSettings.Mode mode, Instant until) {
    return new BlobImmutabilityPolicy()
        .setExpiryTime(OffsetDateTime.ofInstant(until, ZoneOffset.UTC))
        .setPolicyMode(
            switch (mode) {
              case GOVERNANCE -> BlobImmutabilityPolicyMode.UNLOCKED;
              case COMPLIANCE -> BlobImmutabilityPolicyMode.LOCKED;
            });
  }

  void extend(ObjectName name, Instant until) throws IOException {
    connection
        .exchanges()
        .await(connection.blob(keys.key(name)).setImmutabilityPolicy(policy(mode, until)));
  }

  Optional<Instant> lockedUntil(ObjectName name) throws IOException {
    BlobProperties properties =
        connection.exchanges().await(connection.blob(keys.key(name)).getProperties());
    return Optional.ofNullable(properties.getImmutabilityPolicy())
        .map(BlobImmutabilityPolicy::getExpiryTime)
        .map(OffsetDateTime::toInstant);
  }
}
