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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
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

  private static final Logger LOG = LoggerFactory.getLogger(UploadSearch.class);

  /** How many uploads of one name are looked into, the newest first. */
  private static final int MAX_LOOKED_INTO = 10;

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
          candidates.subList(0, Math.min(candidates.size(), MAX_LOOKED_INTO))) {
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
    LOG.debug("unfinished uploads cannot be listed, none is resumed: {}", e.getMessage());
    return Optional.empty();
  }

  private boolean beginsComparably(Map<Integer, UnfinishedUpload.Part> parts) {
    UnfinishedUpload.Part first = parts.get(0);
    return first != null && PartTarget.isComparable(first, settings);
  }

  /** Uploads of exactly this name that were begun as this process would; the newest first. */
  private List<MultipartUpload> candidates(PutRequest request) throws StoreException {
    String key = keys.key(request.name());
    String storageClass = kind.storageClass(request.placement()).orElse(STANDARD);
    List<MultipartUpload> found = new ArrayList<>();
    UploadListing listing =
        new UploadListing(client, keys, Operation.PUT, keys.shown(request.name()), key);
    ListMultipartUploadsResponse page;
    do {
      page = listing.next();
      page.uploads().stream()
          .filter(u -> key.equals(u.key()) && u.uploadId() != null)
          .filter(u -> hasClass(u, storageClass) && agreesOnChecksums(u))
          .filter(u -> !unfinished.isHopeless(u.uploadId()))
          .forEach(found::add);
    } while (isMoreOf(key, UploadMarker.after(page)));
    found.sort(Comparator.comparing(
            (MultipartUpload u) -> u.initiated() == null ? Instant.EPOCH : u.initiated())
        .reversed());
    return found;
  }

  /** Whether its object will have the class. A store that tells none (MinIO) is no reason against it. */
  private static boolean hasClass(MultipartUpload upload, String storageClass) {
    String told = upload.storageClassAsString();
    return told == null || told.equalsIgnoreCase(storageClass);
  }

  /** Whether its parts carry the checksums that ours do. The same holds for a store that does not tell. */
  private boolean agreesOnChecksums(MultipartUpload upload) {
    String told = upload.checksumAlgorithmAsString();
    return told == null
        || told.equalsIgnoreCase(ChecksumAlgorithm.CRC32_C.toString()) == settings.sendsChecksums();
  }

  /** Longer keys follow: a page that ends with one is the last that matters. */
  private static boolean isMoreOf(String key, Optional<UploadMarker> next) {
    return next.filter(marker -> marker.key().equals(key) && !marker.uploadId().isEmpty())
        .isPresent();
  }
}
