package io.coldstream.store.s3;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.Endpoint;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.spi.Refusals;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreUrl;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How to use one bucket: the URL and the settings, read and checked.
 *
 * @param keys bucket and prefix
 * @param common the settings of every store; the part size is from 5 MiB to 5 GiB
 * @param store what is known of the store, for what is not configured
 * @param region the bucket's region, where configured
 * @param endpoint a compatible store's URL, where configured: scheme, host and port only
 * @param pathStyle whether the bucket goes into the path instead of the host name
 * @param checksums whether every request carries one, or only those that must
 * @param kind what new objects are beside their bytes, and how they are created
 */
record S3Settings(
    Keys keys,
    StoreSettings common,
    StoreProfile store,
    Optional<String> region,
    Optional<URI> endpoint,
    boolean pathStyle,
    Checksums checksums,
    ObjectKind kind) {

  /** Our own names, beside the common ones. */
  static final Set<String> NAMES =
      Set.of("region", "endpoint", "path-style", "checksums", "kms-key", "tags", "store", "create");

  private static final long MIN_PART_BYTES = 5L << 20;
  private static final long MAX_PART_BYTES = 5L << 30;

  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,62}");
  private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,40}");

  /** How the bytes of a put are protected on their way. */
  enum Checksums {
    /** CRC-32C computed while they are sent, and checked by the store. */
    ALWAYS,
    /** MD5 in a header, for which a part is read twice: for stores that know no checksum trailers. */
    WHEN_REQUIRED
  }

  /**
   * Reads them.
   *
   * @throws StoreException {@link Kind#REJECTED} naming the URL's part or the setting that is wrong,
   *     never its value
   */
  static S3Settings of(StoreUrl url, StoreSettings settings) throws StoreException {
    if (settings.partSizeBytes() < MIN_PART_BYTES || settings.partSizeBytes() > MAX_PART_BYTES) {
      throw Refusals.setting("part-size", "must be from 5MiB to 5GiB on S3");
    }
    Optional<String> region = settings.own("region");
    if (region.isPresent() && !REGION.matcher(region.get()).matches()) {
      throw Refusals.setting("region", "must be a region's name such as eu-central-1");
    }
    Optional<URI> endpoint = endpoint(settings);
    StoreProfile store = StoreProfiles.of(settings.own("store"), endpoint);
    return new S3Settings(
        Keys.ofBucket(url, BUCKET, "2 to 63 letters, digits, dots, hyphens and underscores"),
        settings,
        store,
        region,
        endpoint,
        settings.own("path-style").isPresent() ? settings.flag("path-style") : store.pathStyle(),
        checksums(settings, store),
        ObjectKind.of(settings));
  }

  /** Whether what is sent carries a CRC-32C, which the store keeps. */
  boolean sendsChecksums() {
    return checksums == Checksums.ALWAYS;
  }

  private static Optional<URI> endpoint(StoreSettings settings) throws StoreException {
    Optional<String> text = settings.own("endpoint");
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(Endpoint.bare(text.get(), "https://host:9000"));
  }

  private static Checksums checksums(StoreSettings settings, StoreProfile store)
      throws StoreException {
    if (settings.own("checksums").isEmpty()) {
      return store.checksums();
    }
    return switch (settings.own("checksums").get()) {
      case "always" -> Checksums.ALWAYS;
      case "when-required" -> Checksums.WHEN_REQUIRED;
      default -> throw Refusals.setting("checksums", "must be always or when-required");
    };
  }
}
