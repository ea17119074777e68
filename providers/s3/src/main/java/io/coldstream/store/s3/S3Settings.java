package io.coldstream.store.s3;

import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoreSettings;
import io.coldstream.store.StoreUrl;
import io.coldstream.store.adapter.Keys;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
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
 * @param kmsKey the key that new objects are encrypted under, where configured
 * @param tags what new objects are tagged with, in the order of the setting
 */
record S3Settings(
    Keys keys,
    StoreSettings common,
    StoreProfile store,
    Optional<String> region,
    Optional<URI> endpoint,
    boolean pathStyle,
    Checksums checksums,
    Optional<String> kmsKey,
    Map<String, String> tags) {

  /** Our own names, beside the common ones. */
  static final Set<String> NAMES =
      Set.of("region", "endpoint", "path-style", "checksums", "kms-key", "tags", "store");

  private static final long MIN_PART_BYTES = 5L << 20;
  private static final long MAX_PART_BYTES = 5L << 30;
  private static final int MAX_TAGS = 10;

  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,62}");
  private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,40}");

  /** How the bytes of a put are protected on their way. */
  enum Checksums {
    /** CRC-32C computed while they are sent, and checked by the store. */
    ALWAYS,
    /** MD5 in a header, for which a part is read twice: for stores that know no checksum trailers. */
    WHEN_REQUIRED
  }

  S3Settings {
    tags = Map.copyOf(tags);
  }

  /**
   * Reads them.
   *
   * @throws StoreException {@link Kind#REJECTED} naming the URL's part or the setting that is wrong,
   *     never its value
   */
  static S3Settings of(StoreUrl url, StoreSettings settings) throws StoreException {
    if (settings.partSizeBytes() < MIN_PART_BYTES || settings.partSizeBytes() > MAX_PART_BYTES) {
      throw rejected("part-size", "is from 5MiB to 5GiB on S3");
    }
    Optional<String> region = settings.own("region");
    if (region.isPresent() && !REGION.matcher(region.get()).matches()) {
      throw rejected("region", "is a region's name such as eu-central-1");
    }
    Optional<URI> endpoint = endpoint(settings);
    StoreProfile store = StoreProfiles.of(settings.own("store"), endpoint);
    return new S3Settings(
        keys(url),
        settings,
        store,
        region,
        endpoint,
        settings.own("path-style").isPresent() ? settings.flag("path-style") : store.pathStyle(),
        checksums(settings, store),
        settings.own("kms-key"),
        tags(settings.own("tags").orElse("")));
  }

  /** Whether what is sent carries a CRC-32C, which the store keeps. */
  boolean sendsChecksums() {
    return checksums == Checksums.ALWAYS;
  }

  private static Keys keys(StoreUrl url) throws StoreException {
    if (!BUCKET.matcher(url.authority()).matches()) {
      throw new StoreException(
          Kind.REJECTED,
          "repository URL: s3:// is followed by a bucket's name alone: 2 to 63 letters, digits, dots,"
              + " hyphens and underscores; a store's address goes into the setting endpoint",
          null);
    }
    try {
      String prefix = url.path().isEmpty() ? "" : url.path() + "/";
      return new Keys("s3://" + url.authority() + "/", url.authority(), new ObjectPrefix(prefix));
    } catch (IllegalArgumentException e) {
      throw new StoreException(Kind.REJECTED, "repository URL: " + e.getMessage(), null);
    }
  }

  private static Optional<URI> endpoint(StoreSettings settings) throws StoreException {
    if (settings.own("endpoint").isEmpty()) {
      return Optional.empty();
    }
    URI uri;
    try {
      uri = new URI(settings.own("endpoint").get());
    } catch (URISyntaxException e) {
      throw rejected("endpoint", "is not a URL");
    }
    boolean http = "http".equalsIgnoreCase(uri.getScheme());
    if ((!http && !"https".equalsIgnoreCase(uri.getScheme())) || uri.getHost() == null) {
      throw rejected("endpoint", "is a URL such as https://host:9000");
    }
    if (uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || !(uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))) {
      throw rejected(
          "endpoint",
          "has a scheme, a host and a port, and nothing else;"
              + " the bucket stands in the repository URL, credentials come from the environment");
    }
    return Optional.of(uri);
  }

  private static Checksums checksums(StoreSettings settings, StoreProfile store)
      throws StoreException {
    if (settings.own("checksums").isEmpty()) {
      return store.checksums();
    }
    return switch (settings.own("checksums").get()) {
      case "always" -> Checksums.ALWAYS;
      case "when-required" -> Checksums.WHEN_REQUIRED;
      default -> throw rejected("checksums", "is always or when-required");
    };
  }

  private static Map<String, String> tags(String text) throws StoreException {
    Map<String, String> tags = new LinkedHashMap<>();
    if (text.isEmpty()) {
      return tags;
    }
    for (String pair : text.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1
          || tags.put(
                  pair.substring(0, equals).strip(), pair.substring(equals + 1).strip())
              != null) {
        throw rejected("tags", "is name=value,name=value, each name once");
      }
    }
    if (tags.size() > MAX_TAGS) {
      throw rejected("tags", "has at most " + MAX_TAGS + " tags");
    }
    return tags;
  }

  private static StoreException rejected(String name, String why) {
    return new StoreException(Kind.REJECTED, "setting \"" + name + "\" " + why, null);
  }
}
