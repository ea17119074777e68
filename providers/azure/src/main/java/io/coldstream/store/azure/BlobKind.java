package io.coldstream.store.azure;

import com.azure.storage.blob.models.AccessTier;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobImmutabilityPolicy;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import io.coldstream.store.cloud.NewObject;
import java.util.Map;
import java.util.Optional;

/**
 * What a new blob is beside its bytes: its access tier, its lock, and the mark of the put that makes it, by
 * which that put knows its own blob when the answer was lost.
 *
 * @param tier the access tier; empty for the account's default
 * @param policy the immutability policy; empty for none
 * @param mark differs from that of every other put
 */
record BlobKind(Optional<AccessTier> tier, Optional<BlobImmutabilityPolicy> policy, String mark) {

  /** Metadata with this name holds the mark. */
  static final String MARK = "coldstreamput";

  private static final BlobHttpHeaders BYTES =
      new BlobHttpHeaders().setContentType("application/octet-stream");

  /** For a new object. */
  static BlobKind of(NewObject object, AzureSettings settings) {
    Optional<AccessTier> tier = switch (object.placement()) {
      case STANDARD -> Optional.empty();
      case BULK -> settings.bulkTier().map(AccessTier::fromString);
    };
    return new BlobKind(
        tier,
        object.lockedUntil().map(until -> AzureLocks.policy(settings.common().lockMode(), until)),
        object.mark());
  }

  void applyTo(BlockBlobSimpleUploadOptions options) {
    tier.ifPresent(options::setTier);
    policy.ifPresent(options::setImmutabilityPolicy);
    options.setHeaders(BYTES).setMetadata(Map.of(MARK, mark));
  }

  void applyTo(BlockBlobCommitBlockListOptions options) {
    tier.ifPresent(options::setTier);
    policy.ifPresent(options::setImmutabilityPolicy);
    options.setHeaders(BYTES).setMetadata(Map.of(MARK, mark));
  }
}
