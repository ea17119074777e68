package io.coldstream.store.s3;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.SweepResult;
import io.coldstream.store.cloud.ForeignText;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.cloud.Operation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/** Removes objects, and what unfinished uploads left behind. */
final class S3Removal {

  private static final int BATCH = 1000;

  private final S3Client client;
  private final Keys keys;
  private final Clock clock;

  /**
   * Removes by a client.
   *
   * @param clock what tells the present where the store does not
   */
  S3Removal(S3Client client, Keys keys, Clock clock) {
    this.client = client;
    this.keys = keys;
    this.clock = clock;
  }

  void delete(Collection<ObjectName> names) throws StoreException {
    List<ObjectName> all = List.copyOf(names);
    for (int from = 0; from < all.size(); from += BATCH) {
      deleteBatch(all.subList(from, Math.min(from + BATCH, all.size())));
    }
  }

  private void deleteBatch(List<ObjectName> names) throws StoreException {
    List<ObjectIdentifier> identifiers = names.stream()
        .map(n -> ObjectIdentifier.builder().key(keys.key(n)).build())
        .toList();
    DeleteObjectsRequest request = DeleteObjectsRequest.builder()
        .bucket(keys.bucket())
        .delete(Delete.builder().objects(identifiers).quiet(true).build())
        .build();
    String shown = keys.shown(names.get(0)) + " and " + (names.size() - 1) + " more";
    DeleteObjectsResponse answer =
        S3Failures.call(Operation.DELETE, shown, () -> client.deleteObjects(request));
    for (S3Error error : answer.errors()) {
      if (!"NoSuchKey".equals(error.code())) {
        String key = keys.root() + ForeignText.cleaned(error.key() == null ? "" : error.key());
        throw S3Failures.ofKey(Operation.DELETE, key, error.code(), error.message());
      }
    }
  }

  /**
   * Aborts what was begun longer ago than that, by the time of the store: it is the store that tells
   * when an upload began, and a clock here that is days ahead would make every upload an old one.
   */
  SweepResult sweep(ObjectPrefix prefix, Duration olderThan) throws StoreException {
    String shown = keys.shown() + prefix;
    int found = 0;
    Optional<Instant> begunBefore = Optional.empty();
    UploadListing listing =
        new UploadListing(client, keys, Operation.SWEEP, shown, keys.key(prefix));
    ListMultipartUploadsResponse page;
    do {
      page = listing.next();
      if (page.uploads().isEmpty()
          && page.isTruncated() == null
          && page.bucket() == null
          && page.maxUploads() == null) {
        throw S3Failures.notS3(Operation.SWEEP, shown);
      }
      if (begunBefore.isEmpty()) {
        begunBefore = Optional.of(present(page).minus(olderThan));
      }
      for (MultipartUpload upload : page.uploads()) {
        found += sweep(upload, begunBefore.get());
      }
    } while (UploadMarker.after(page).isPresent());
    return new SweepResult(found, found);
  }

  private Instant present(ListMultipartUploadsResponse page) {
    return StoreTime.of(page.sdkHttpResponse()).orElseGet(clock::instant);
  }

  /** Aborts one upload when it is ours and old enough: how many were, 0 or 1. */
  private int sweep(MultipartUpload upload, Instant begunBefore) throws StoreException {
    if (upload.key() == null || upload.uploadId() == null) {
      return 0;
    }
    Optional<ObjectName> name = keys.name(upload.key());
    // Of some stores' uploads nobody knows when they began: they are not taken for old.
    if (name.isEmpty() || upload.initiated() == null || !upload.initiated().isBefore(begunBefore)) {
      return 0;
    }
    abort(Operation.SWEEP, name.get(), upload.uploadId());
    return 1;
  }

  /** Aborts an upload; one that is not there counts as aborted. */
  void abort(Operation operation, ObjectName name, String uploadId) throws StoreException {
    String shown = keys.shown(name);
    try {
      S3Failures.callOnUpload(
          operation,
          shown,
          () -> client.abortMultipartUpload(
              b -> b.bucket(keys.bucket()).key(keys.key(name)).uploadId(uploadId)));
    } catch (S3Failures.UploadGone e) {
      if (e.reason() != S3Failures.UploadGone.Reason.NO_SUCH_UPLOAD) {
        throw S3Failures.failed(
            operation, shown, Kind.UNAVAILABLE, "the upload is being completed; try again");
      }
    }
  }
}
