package io.coldstream.store.s3;

import io.coldstream.store.ObjectName;
import io.coldstream.store.OncePass;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.Etags;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.cloud.ListingGuard;
import io.coldstream.store.cloud.Operation;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.Part;

/** Asks which parts of an upload have arrived, and believes it only where they fit the source. */
final class PartList {

  private final S3Client client;
  private final Keys keys;

  PartList(S3Client client, Keys keys) {
    this.client = client;
    this.keys = keys;
  }

  /**
   * The parts of an upload, by section.
   *
   * @return empty when there is no such upload, or when a part has a number or a length that no part
   *     of this source has
   */
  Optional<Map<Integer, UnfinishedUpload.Part>> fitting(
      ObjectName name, String uploadId, OncePass pass) throws StoreException {
    Map<Integer, UnfinishedUpload.Part> parts = new HashMap<>();
    ListingGuard guard = new ListingGuard(Operation.PUT, keys.shown(name), "uploaded parts");
    Integer marker = null;
    do {
      ListPartsResponse page;
      try {
        page = page(name, uploadId, marker);
      } catch (S3Failures.UploadGone e) {
        return Optional.empty();
      }
      for (Part part : page.parts()) {
        if (!fits(part, pass)) {
          return Optional.empty();
        }
        parts.put(
            part.partNumber() - 1,
            new UnfinishedUpload.Part(
                Etags.version(part.eTag()), Digests.crc32cIn(part.checksumCRC32C())));
      }
      marker = next(name, page);
      guard.page(
          page.parts().stream().map(part -> part.partNumber().toString()).toList(),
          Optional.ofNullable(marker).map(String::valueOf));
    } while (marker != null);
    return Optional.of(parts);
  }

  private ListPartsResponse page(ObjectName name, String uploadId, Integer marker)
      throws StoreException, S3Failures.UploadGone {
    ListPartsRequest request = ListPartsRequest.builder()
        .bucket(keys.bucket())
        .key(keys.key(name))
        .uploadId(uploadId)
        .partNumberMarker(marker)
        .build();
    return S3Failures.callOnUpload(
        Operation.PUT, keys.shown(name), () -> client.listParts(request));
  }

  private static boolean fits(Part part, OncePass pass) {
    return part.partNumber() != null
        && part.partNumber() >= 1
        && part.partNumber() <= pass.sections()
        && part.size() != null
        && part.size() == pass.lengthOf(part.partNumber() - 1)
        && part.eTag() != null;
  }

  /** Where the next page begins; null when there is none. */
  private Integer next(ObjectName name, ListPartsResponse page) throws StoreException {
    if (!Boolean.TRUE.equals(page.isTruncated())) {
      return null;
    }
    // Some stores leave the marker out, or send 0: the last part tells as much.
    return Stream.concat(
            Stream.ofNullable(page.nextPartNumberMarker()),
            page.parts().stream().map(Part::partNumber))
        .max(Comparator.naturalOrder())
        .orElseThrow(() -> S3Failures.failed(
            Operation.PUT,
            keys.shown(name),
            Kind.REJECTED,
            "the store says that there are more parts, but not where"));
  }
}
