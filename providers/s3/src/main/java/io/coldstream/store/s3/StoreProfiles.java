package io.coldstream.store.s3;

import static io.coldstream.store.s3.StoreProfile.likeAmazon;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.s3.StoreProfile.Creation;
import io.coldstream.store.s3.StoreProfile.Listing;
import io.coldstream.store.spi.NearestName;
import io.coldstream.store.spi.Refusals;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The stores that are known, in the order of their names. Each fact is from the store's own
 * documentation, or from running the contract or the test programs against it; where a store's page is
 * silent on checksum trailers, it is given none, which works everywhere.
 */
final class StoreProfiles {

  private static final List<StoreProfile> KNOWN = List.of(
      // docs.aws.amazon.com/AmazonS3: "Amazon S3 multipart upload limits", "How to prevent object
      // overwrites with conditional writes".
      likeAmazon("amazon", "amazonaws.com", "amazonaws.com.cn"),
      // backblaze.com/docs: "S3-Compatible API" lists the x-amz-checksum headers as unsupported and
      // does not mention conditions; "Call the S3-Compatible API" has both styles of addresses.
      likeAmazon("backblaze-b2", "backblazeb2.com").withoutTrailers().with(Creation.NOT_DOCUMENTED),
      // A gateway of version 16, tried: refuses trailers. Gateways were seen to ignore the
      // condition.
      likeAmazon("ceph").withBucketInPath().withoutTrailers().with(Creation.NONE),
      // developers.cloudflare.com/r2: "Conditional operations" has PutObject and
      // CompleteMultipartUpload; "S3 API compatibility" has CRC-32C, of the composite kind. Parts
      // of
      // an upload must be equally long but the last, as ours always are.
      likeAmazon("cloudflare-r2", "r2.cloudflarestorage.com").withBucketInPath(),
      // docs.digitalocean.com: "Spaces S3 Compatibility" mentions neither checksums nor conditions.
      likeAmazon("digitalocean-spaces", "digitaloceanspaces.com")
          .withoutTrailers()
          .with(Creation.NOT_DOCUMENTED),
      // garagehq.deuxfleurs.fr: "S3 Compatibility status": most x-amz- headers are not implemented,
      // ListMultipartUploads and ListParts are.
      likeAmazon("garage").withBucketInPath().withoutTrailers().with(Creation.NOT_DOCUMENTED),
      // cloud.google.com/storage/docs: "XML API multipart uploads": completing overwrites an object
      // of the same name; parts are numbered to 10,000 and checked by Content-MD5 or x-goog-hash.
      likeAmazon("google-xml", "storage.googleapis.com")
          .withBucketInPath()
          .withoutTrailers()
          .with(Creation.NONE),
      // The contract runs against it. Version 4.13 takes the trailer of a CRC-32C for that of a
      // CRC-32
      // as well, and refuses the two.
      likeAmazon("localstack", "localhost.localstack.cloud").withBucketInPath().withoutTrailers(),
      // docs.min.io: "S3 API Compatibility": If-None-Match on PutObject; ListMultipartUploads
      // requires the exact object name as a prefix. Its source (cmd/api-response.go) tells no
      // storage
      // class in that listing, but an empty element. github.com/minio/minio/issues/19115: lifecycle
      // rules for unfinished uploads are dropped; it removes them by itself after 24 hours.
      likeAmazon("minio").withBucketInPath().with(Listing.BY_NAME),
      // The contract runs against it.
      likeAmazon("s3proxy").withBucketInPath(),
      // scaleway.com/en/docs/object-storage: "Managing multipart uploads": 1 to 1000 parts; "Using
      // conditional writes".
      likeAmazon("scaleway", "scw.cloud").withoutTrailers().withMostParts(1000),
      // The contract runs against it.
      likeAmazon("versitygw").withBucketInPath());

  /** An unknown store: used like Amazon S3. */
  private static final StoreProfile UNKNOWN = likeAmazon("unknown");

  private StoreProfiles() {}

  static List<StoreProfile> known() {
    return KNOWN;
  }

  /**
   * The profile to use.
   *
   * @param name the setting {@code store}
   * @param endpoint the setting {@code endpoint}; Amazon's where there is none
   * @throws StoreException {@link Kind#REJECTED} for an unknown name; the message has the nearest
   *     known one
   */
  static StoreProfile of(Optional<String> name, Optional<URI> endpoint) throws StoreException {
    if (name.isPresent()) {
      return named(name.get());
    }
    String host = endpoint.map(e -> e.getHost().toLowerCase(Locale.ROOT)).orElse("amazonaws.com");
    return KNOWN.stream().filter(p -> p.isAt(host)).findFirst().orElse(UNKNOWN);
  }

  private static StoreProfile named(String name) throws StoreException {
    List<String> names = KNOWN.stream().map(StoreProfile::name).toList();
    int found = names.indexOf(name);
    if (found < 0) {
      throw Refusals.setting(
          "store",
          "must be the name of a store that is known; nearest: " + NearestName.of(name, names));
    }
    return KNOWN.get(found);
  }
}
