package io.coldstream.store.azure;

import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobItemProperties;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlockList;
import com.azure.storage.blob.models.BlockListType;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import com.azure.storage.blob.models.ListBlobsOptions;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.SweepResult;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.cloud.ListingGuard;
import io.coldstream.store.cloud.Operation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Removes objects, and counts what unfinished uploads left behind.
 *
 * <p>Objects are removed one by one, several at once: the service's batches cost as much, and need
 * more than the right to delete a blob.
 */
final class AzureRemoval {

  private static final int BATCH = 256;
  private static final int AT_ONCE = 16;

  private final AzureConnection connection;
  private final Keys keys;
  private final AzureListing listing;
  private final Clock clock;

  /**
   * Removes over a connection.
   *
   * @param clock what tells the present where the service does not
   */
  AzureRemoval(AzureConnection connection, Keys keys, AzureListing listing, Clock clock) {
    this.connection = connection;
    this.keys = keys;
    this.listing = listing;
    this.clock = clock;
  }

  void delete(Collection<ObjectName> names) throws StoreException {
    List<ObjectName> all = List.copyOf(names);
    for (int from = 0; from < all.size(); from += BATCH) {
      List<ObjectName> batch = all.subList(from, Math.min(from + BATCH, all.size()));
      String shown = keys.shown(batch.get(0)) + " and " + (batch.size() - 1) + " more";
      // One that fails keeps none of the others from being removed.
      AtomicReference<StoreException> first = new AtomicReference<>();
      AzureFailures.call(
          Operation.DELETE,
          shown,
          () -> connection
              .exchanges()
              .await(Flux.fromIterable(batch)
                  .flatMap(name -> delete(name, first), AT_ONCE)
                  .then()));
      if (first.get() != null) {
        throw first.get();
      }
    }
  }

  /** A snapshot that somebody made goes with its blob, which could not be removed otherwise. */
  private Mono<Void> delete(ObjectName name, AtomicReference<StoreException> first) {
    return connection
        .blob(name)
        .deleteWithResponse(DeleteSnapshotsOptionType.INCLUDE, null)
        .then()
        .onErrorResume(e -> {
          StoreException failure = AzureFailures.translated(Operation.DELETE, keys.shown(name), e);
          if (failure.kind() != Kind.NOT_FOUND) {
            first.compareAndSet(null, failure);
          }
          return Mono.empty();
        });
  }

  /**
   * Blocks that nobody has committed expire by themselves, a week after the last one was sent, and
   * nothing but a new blob of the name removes them before: they are only counted. How old they are
   * is told by the service's time.
   */
  SweepResult sweep(ObjectPrefix prefix, Duration olderThan) throws StoreException {
    String shown = keys.shown() + prefix;
    ListBlobsOptions options = new ListBlobsOptions()
        .setPrefix(keys.key(prefix))
        .setDetails(new BlobListDetails().setRetrieveUncommittedBlobs(true));
    int found = 0;
    Optional<Instant> begunBefore = Optional.empty();
    ListingGuard guard = new ListingGuard(Operation.SWEEP, shown, "blobs");
    Optional<String> token = Optional.empty();
    do {
      PagedResponse<BlobItem> page = listing.fetch(Operation.SWEEP, shown, options, token);
      if (begunBefore.isEmpty()) {
        begunBefore = Optional.of(StoreTime.of(page).orElseGet(clock::instant).minus(olderThan));
      }
      for (BlobItem item : page.getValue()) {
        Optional<ObjectName> name = keys.name(item.getName());
        if (name.isPresent()
            && mayBeUnfinished(item, begunBefore.get())
            && isUnfinished(name.get())) {
          found++;
        }
      }
      token = Optional.ofNullable(page.getContinuationToken());
      guard.page(page.getValue().stream().map(BlobItem::getName).toList(), token);
    } while (token.isPresent());
    return new SweepResult(found, 0);
  }

  /** What was never committed is listed with no length; one without a time counts as old. */
  private static boolean mayBeUnfinished(BlobItem item, Instant begunBefore) {
    BlobItemProperties properties = item.getProperties();
    if (properties == null) {
      return true;
    }
    boolean empty = properties.getContentLength() == null || properties.getContentLength() == 0;
    OffsetDateTime changed = properties.getLastModified();
    return empty && (changed == null || changed.toInstant().isBefore(begunBefore));
  }

  /** An empty object is listed alike; only its list of blocks tells. */
  private boolean isUnfinished(ObjectName name) throws StoreException {
    try {
      BlockList list = AzureFailures.call(
          Operation.SWEEP,
          keys.shown(name),
          () -> connection
              .exchanges()
              .await(connection.blob(name).listBlocks(BlockListType.UNCOMMITTED)));
      return list != null
          && list.getUncommittedBlocks() != null
          && !list.getUncommittedBlocks().isEmpty();
    } catch (StoreException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }
}
