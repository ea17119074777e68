package io.coldstream.store.s3;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.cloud.CloudStore;
import io.coldstream.store.network.Network;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.spi.StoreUrl;
import io.coldstream.store.testkit.emulator.Versitygw;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Buckets of the Versity gateway, and stores on them that are opened as one of its users: a JVM has
 * but one environment for the default chain, and several users are needed side by side.
 */
final class OnVersitygw {

  private static final AtomicInteger BUCKETS = new AtomicInteger();

  private OnVersitygw() {}

  /** Somebody who signs requests. */
  record User(String accessKey, String secretKey) {

    /** A user who is allowed to do everything. */
    static User root() {
      return new User(Versitygw.running().accessKey(), Versitygw.running().secretKey());
    }

    private StaticCredentialsProvider credentials() {
      return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey));
    }
  }

  /** A new, empty bucket of root's. */
  static String newBucket() {
    String bucket = "gateway-" + BUCKETS.incrementAndGet();
    try (S3Client client = client()) {
      client.createBucket(b -> b.bucket(bucket));
    }
    return bucket;
  }

  /** Root's own client; the caller closes it. */
  static S3Client client() {
    return S3Client.builder()
        .endpointOverride(Versitygw.running().endpoint())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(User.root().credentials())
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }

  static ObjectStore open(User user, String bucket, String prefix, String... more)
      throws StoreException {
    return open(StoreTools.NONE, user, bucket, prefix, more);
  }

  private static ObjectStore open(
      StoreTools tools, User user, String bucket, String prefix, String... more)
      throws StoreException {
    Map<String, String> all = new HashMap<>(Map.of(
        "endpoint", Versitygw.running().endpoint().toString(),
        "store", "versitygw",
        "region", "us-east-1",
        "part-size", "5MiB"));
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    S3Settings settings = S3Settings.of(
        StoreUrl.parse("s3://" + bucket + "/" + prefix), StoreSettings.of(all, S3Settings.NAMES));
    S3Connection connection = S3Connection.open(
        settings, Network.DIRECT, builder -> builder.credentialsProvider(user.credentials()));
    return new CloudStore(new S3Driver(connection, settings), tools, Clock.systemUTC());
  }

  /** A bucket for the contracts. */
  static Bucket bucket() {
    return bucket(newBucket());
  }

  /** A bucket whose objects can be locked. */
  static Bucket lockingBucket() {
    String name = "gateway-" + BUCKETS.incrementAndGet();
    try (S3Client client = client()) {
      client.createBucket(b -> b.bucket(name).objectLockEnabledForBucket(true));
    }
    return bucket(name);
  }

  private static Bucket bucket(String name) {
    return new Bucket(
        Versitygw.running().endpoint(),
        name,
        true,
        OnVersitygw::client,
        (tools, prefix, more) -> open(tools, User.root(), name, prefix, more));
  }
}
