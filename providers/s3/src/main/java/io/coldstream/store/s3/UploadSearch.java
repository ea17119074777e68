package io.coldstream.store.s3;

import io.coldstream.store.ObjectName;
import io.coldstream.store.OncePass;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.adapter.Keys;
import io.coldstream.store.adapter.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * Looks for an upload of the same name that an earlier put left unfinished, in whatever process and on
 * whatever machine.
 *
 * <p>What is found is a proposal: its parts have the numbers and lengths that parts of the source
 * have, and the first one is there and can be compared, so that it is known whose upload it is before
 * anything is sent into it. A store that does not list, or not to this identity, has nothing to
 * propose; that is no failure.
 */
final class UploadSearch {

  /** How many uploads of one name are looked into, the newest first. */
  private static final int MOST_LOOKED_INTO = 10;

  private static final String STANDARD = "STANDARD";

  private final S3Client client;
  private final S3Settings settings;
  private final Keys keys;
  private final ObjectKind kind;
  private final UnfinishedUploads unfinished;
  private final PartList partList;

  UploadSearch(
      S3Client client, S3Settings settings, ObjectKind kind, UnfinishedUploads unfinished) {
    this.client = client;
    this.settings = settings;
    this.keys = settings.keys();
    this.kind = kind;
    this.unfinished = unfinished;
    this.partList = new PartList(client, keys);
  }

  /**
   * Searches.
   *
   * @throws StoreException {@link Kind#UNAVAILABLE} alone
   */
  Optional<UnfinishedUpload> find(PutRequest request, long partBytes, OncePass pass)
      throws StoreException {
    try {
      List<MultipartUpload> candidates = candidates(request);
      for (MultipartUpload candidate :
          candidates.subList(0, Math.min(candidates.size(), MOST_LOOKED_INTO))) {
        Optional<Map<Integer, UnfinishedUpload.Part>> parts =
            partList.fitting(request.name(), candidate.uploadId(), pass);
        if (parts.isPresent() && beginsComparably(parts.get())) {
          return Optional.of(UnfinishedUpload.found(
              candidate.uploadId(), request.source().lengthBytes(), partBytes, parts.get()));
        }
      }
      return Optional.empty();
    } catch (StoreException e) {
      return nothingUnless(e);
    }
  }

  /**
   * Asks again which parts an upload has, after something went wrong with one.
   *
   * @return whether they can still be this source's; where the store does not list, what is known stays
   */
  boolean refresh(ObjectName name, UnfinishedUpload upload, OncePass pass) throws StoreException {
    try {
      Optional<Map<Integer, UnfinishedUpload.Part>> parts =
          partList.fitting(name, upload.id(), pass);
      parts.ifPresent(upload::told);
      return parts.isPresent();
    } catch (StoreException e) {
      nothingUnless(e);
      upload.untold();
      return true;
    }
  }

  /** Whoever may not list begins anew; a store that is out of order is asked again. */
  private static Optional<UnfinishedUpload> nothingUnless(StoreException e) throws StoreException {
    if (e.kind() == Kind.UNAVAILABLE) {
      throw e;
    }
    return Optional.empty();
  }

  private boolean beginsComparably(Map<Integer, UnfinishedUpload.Part> parts) {
    UnfinishedUpload.Part first = parts.get(0);
    return first != null && PartTarget.isComparable(first, settings);
  }

  /** Uploads of exactly this name, as we would begin one; the newest first. */
  private List<MultipartUpload> candidates(PutRequest request) throws StoreException {
    String key = keys.key(request.name());
    String storageClass = kind.storageClass(request.placement()).orElse(STANDARD);
    List<MultipartUpload> found = new ArrayList<>();
    ListMultipartUploadsResponse before;
    ListMultipartUploadsResponse page = null;
    do {
      before = page;
      page = page(request.name(), before);
      page.uploads().stream()
          .filter(u -> key.equals(u.key()) && u.uploadId() != null)
          .filter(u -> storageClass.equals(
              u.storageClassAsString() == null ? STANDARD : u.storageClassAsString()))
          .filter(u -> agreesOnChecksums(u) && !unfinished.isHopeless(u.uploadId()))
          .forEach(found::add);
    } while (hasMoreOf(key, page) && !endsAs(before, page));
    found.sort(Comparator.comparing(
            (MultipartUpload u) -> u.initiated() == null ? Instant.EPOCH : u.initiated())
        .reversed());
    return found;
  }

  /** Whether its parts carry the checksums that ours do; some stores do not tell. */
  private boolean agreesOnChecksums(MultipartUpload upload) {
    return upload.checksumAlgorithm() == null
        || (upload.checksumAlgorithm() == ChecksumAlgorithm.CRC32_C) == settings.sendsChecksums();
  }

  private ListMultipartUploadsResponse page(ObjectName name, ListMultipartUploadsResponse before)
      throws StoreException {
    ListMultipartUploadsRequest request = ListMultipartUploadsRequest.builder()
        .bucket(keys.bucket())
        .prefix(keys.key(name))
        .encodingType(EncodingType.URL)
        .keyMarker(before == null ? null : before.nextKeyMarker())
        .uploadIdMarker(before == null ? null : before.nextUploadIdMarker())
        .build();
    return S3Failures.call(
        Operation.PUT, keys.shown(name), () -> client.listMultipartUploads(request));
  }

  /** Longer keys stand behind: a page that ends with one is the last that matters. */
  private static boolean hasMoreOf(String key, ListMultipartUploadsResponse page) {
    return Boolean.TRUE.equals(page.isTruncated())
        && key.equals(page.nextKeyMarker())
        && page.nextUploadIdMarker() != null;
  }

  /** A listing that does not get on would never end. */
  private static boolean endsAs(
      ListMultipartUploadsResponse before, ListMultipartUploadsResponse page) {
    return before != null && page.nextUploadIdMarker().equals(before.nextUploadIdMarker());
  }
}
