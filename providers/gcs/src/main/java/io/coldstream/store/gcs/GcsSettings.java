package io.coldstream.store.gcs;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.Endpoint;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.spi.Refusals;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreUrl;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How to use one bucket: the URL and the settings, read and checked.
 *
 * @param keys bucket and prefix
 * @param common the settings of every store; the part size is a multiple of {@link #GRAIN_BYTES}
 * @param endpoint the store's address: scheme, host and port only, without a closing slash
 * @param project who pays for requests, where the bucket's owner does not
 * @param kmsKey the key that new objects are encrypted under, where configured
 * @param anonymous whether requests carry no credentials at all
 */
record GcsSettings(
    Keys keys,
    StoreSettings common,
    String endpoint,
    Optional<String> project,
    Optional<String> kmsKey,
    boolean anonymous) {

  /** Our own names, beside the common ones. */
  static final Set<String> NAMES = Set.of("endpoint", "project", "kms-key", "anonymous");

  /** What the store keeps of an unfinished upload is a multiple of this, and so is what it takes. */
  static final int GRAIN_BYTES = 256 << 10;

  private static final String USUAL = "https://storage.googleapis.com";
  private static final long MAX_PART_BYTES = 5L << 30;

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");
  private static final Pattern PROJECT = Pattern.compile("[a-z0-9][a-z0-9.:-]{0,60}");
  private static final Pattern KMS_KEY =
      Pattern.compile("projects/[^/\\s]+/locations/[^/\\s]+/keyRings/[^/\\s]+/cryptoKeys/[^/\\s]+");
  private static final Pattern CLASS = Pattern.compile("[A-Za-z_]{1,40}");

  /**
   * Reads them.
   *
   * @throws StoreException {@link Kind#REJECTED} naming the URL's part or the setting that is wrong,
   *     never its value
   */
  static GcsSettings of(StoreUrl url, StoreSettings settings) throws StoreException {
    if (settings.partSizeBytes() % GRAIN_BYTES != 0 || settings.partSizeBytes() > MAX_PART_BYTES) {
      throw Refusals.setting(
          "part-size", "must be a multiple of 256KiB up to 5GiB on Google Cloud Storage");
    }
    String storageClass = settings.storageClass().orElse("STANDARD");
    if (!CLASS.matcher(storageClass).matches()) {
      throw Refusals.setting("storage-class", "must be a storage class such as NEARLINE");
    }
    boolean anonymous = settings.flag("anonymous");
    return new GcsSettings(
        Keys.ofBucket(
            url, BUCKET, "3 to 222 lower-case letters, digits, dots, hyphens and underscores"),
        settings,
        endpoint(settings.own("endpoint").orElse(USUAL), anonymous),
        checked("project", settings, PROJECT, "must be a project's id such as my-project"),
        checked(
            "kms-key",
            settings,
            KMS_KEY,
            "must be a key's whole name: projects/.../locations/.../keyRings/.../cryptoKeys/..."),
        anonymous);
  }

  private static String endpoint(String text, boolean anonymous) throws StoreException {
    URI uri = Endpoint.bare(text, "https://storage.europe-west3.rep.googleapis.com");
    boolean http = "http".equalsIgnoreCase(uri.getScheme());
    if (http && !anonymous && !isThisMachine(uri.getHost())) {
      throw Refusals.setting(
          "endpoint",
          "must be https unless anonymous=true: who listens could use the access token");
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return (http ? "http" : "https") + "://" + uri.getHost() + port;
  }

  private static boolean isThisMachine(String host) {
    if (!host.equals("localhost") && !host.matches("[0-9.]+|\\[[0-9a-fA-F:.]+]")) {
      return false;
    }
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static Optional<String> checked(
      String name, StoreSettings settings, Pattern pattern, String what) throws StoreException {
    Optional<String> value = settings.own(name);
    if (value.isPresent() && !pattern.matcher(value.get()).matches()) {
      throw Refusals.setting(name, what);
    }
    return value;
  }
}
