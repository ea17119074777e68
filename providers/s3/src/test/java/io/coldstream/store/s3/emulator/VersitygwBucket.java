package io.coldstream.store.s3.emulator;

import io.coldstream.store.testkit.emulator.Versitygw;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An empty bucket of the Versity gateway, whose policy says what the gateway's users may in it. */
public final class VersitygwBucket {

  private static final AtomicInteger BUCKETS = new AtomicInteger();
  private static final String PREFIX = "orders/production";

  private final Versitygw server = Versitygw.running();
  private final String name = "policed-" + BUCKETS.incrementAndGet();

  /** Creates it; nobody but root may do anything in it. */
  public VersitygwBucket() {
    try (S3Client root = client(root())) {
      root.createBucket(b -> b.bucket(name));
    }
  }

  /**
   * Somebody who signs requests.
   *
   * @param accessKey its name
   * @param secretKey its secret
   */
  public record User(String accessKey, String secretKey) {
    /** What a process of its own needs in its environment. */
    public Map<String, String> environment() {
      return Map.of("AWS_ACCESS_KEY_ID", accessKey, "AWS_SECRET_ACCESS_KEY", secretKey);
    }
  }

  /** A user who is allowed to do everything everywhere. */
  public User root() {
    return new User(server.accessKey(), server.secretKey());
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Where the repository is in it, without a trailing slash. */
  public String prefix() {
    return PREFIX;
  }

  /** The URL of the repository, settings included. */
  public String url() {
    return "s3://" + name + "/" + PREFIX + "?store=versitygw&region=us-east-1&endpoint="
        + server.endpoint();
  }

  /** Gives it a policy in place of the one it has; it holds from the next request on. */
  public void allow(UnaryOperator<VersitygwPolicy> allowed) {
    String policy = allowed.apply(VersitygwPolicy.of(name, PREFIX)).json();
    try (S3Client root = client(root())) {
      root.putBucketPolicy(b -> b.bucket(name).policy(policy));
    }
  }

  /** The SDK's own client, to look at the store without the adapter; the caller closes it. */
  public S3Client client(User user) {
    return S3Client.builder()
        .endpointOverride(server.endpoint())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(StaticCredentialsProvider.create(
            AwsBasicCredentials.create(user.accessKey(), user.secretKey())))
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }
}
