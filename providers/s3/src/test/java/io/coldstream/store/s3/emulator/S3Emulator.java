package io.coldstream.store.s3.emulator;

import com.adobe.testing.s3mock.S3MockApplication;
import io.coldstream.store.testkit.emulator.LocalStack;
import io.coldstream.store.testkit.emulator.Minio;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An emulator of S3 on 127.0.0.1. Each kind is started once in a JVM, when it is first
 * asked for, and lives as long as the JVM; tests keep apart by their buckets. Starting one sets the
 * system properties from which the SDK's default chain takes its credentials.
 */
public final class S3Emulator {

  private static final String ACCESS_KEY = "coldstream";
  private static final String SECRET_KEY = "not-a-secret";
  private static final AtomicInteger BUCKETS = new AtomicInteger();

  private final URI endpoint;
  private final boolean trailers;

  private S3Emulator(URI endpoint, boolean trailers) {
    this.endpoint = endpoint;
    this.trailers = trailers;
    System.setProperty("aws.accessKeyId", ACCESS_KEY);
    System.setProperty("aws.secretAccessKey", SECRET_KEY);
  }

  /** Adobe's S3Mock: the widest API; its create-only is not atomic, and it knows no permissions. */
  public static S3Emulator s3mock() {
    return S3MockHolder.EMULATOR;
  }

  /** S3Proxy over memory: atomic create-only, checked signatures; no tags, no versions. */
  public static S3Emulator s3proxy() {
    return S3ProxyHolder.EMULATOR;
  }

  /** LocalStack, a program of its own: accepts any credentials; refuses CRC-32C trailers. */
  public static S3Emulator localStack() {
    return LocalStackHolder.EMULATOR;
  }

  /** MinIO, a program of its own: lists unfinished uploads by exact name. */
  public static S3Emulator minio() {
    return MinioHolder.EMULATOR;
  }

  /** Scheme, host and port. */
  public URI endpoint() {
    return endpoint;
  }

  /** A new, empty bucket. */
  public String newBucket() {
    String bucket = "coldstream-" + BUCKETS.incrementAndGet();
    try (S3Client client = client()) {
      client.createBucket(b -> b.bucket(bucket));
    }
    return bucket;
  }

  /** A new, empty bucket whose objects can be locked. */
  public String newLockingBucket() {
    String bucket = "coldstream-" + BUCKETS.incrementAndGet();
    try (S3Client client = client()) {
      client.createBucket(b -> b.bucket(bucket).objectLockEnabledForBucket(true));
    }
    return bucket;
  }

  /** The settings that a store needs to get here. */
  public Map<String, String> settings() {
    return Map.of(
        "endpoint",
        endpoint.toString(),
        "path-style",
        "true",
        "region",
        "us-east-1",
        "checksums",
        trailers ? "always" : "when-required");
  }

  /** The URL, settings included, of a prefix in a new bucket. */
  public String newUrl(String prefix) {
    return "s3://"
        + newBucket()
        + "/"
        + prefix
        + "?path-style=true&region=us-east-1&endpoint="
        + endpoint;
  }

  /** What a process of its own needs in its environment. */
  public Map<String, String> environment() {
    return Map.of("AWS_ACCESS_KEY_ID", ACCESS_KEY, "AWS_SECRET_ACCESS_KEY", SECRET_KEY);
  }

  /** Whether it knows checksum trailers. */
  public boolean trailers() {
    return trailers;
  }

  /** The SDK's own client, to look at the store without the adapter; the caller closes it. */
  public S3Client client() {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .requestChecksumCalculation(
            trailers
                ? RequestChecksumCalculation.WHEN_SUPPORTED
                : RequestChecksumCalculation.WHEN_REQUIRED)
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }

  private static final class S3MockHolder {
    /** Held, because a logger that nobody holds forgets its level. */
    private static final Logger TOMCAT_LOG = Logger.getLogger("org.apache");

    private static final S3Emulator EMULATOR = new S3Emulator(start(), true);

    // Plain http is deprecated there, not here: a test needs no certificate.
    @SuppressWarnings("deprecation")
    private static URI start() {
      // Spring Boot would set the log up again, and other tests would lose what they listen with.
      System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
      TOMCAT_LOG.setLevel(Level.WARNING);
      // The map must be mutable.
      Map<String, Object> properties = new HashMap<>(Map.of(
          "http.port",
          0,
          "server.port",
          0,
          "server.address",
          "127.0.0.1",
          // A request that a test broke off is not waited for at the end.
          "server.shutdown",
          "immediate",
          "spring.main.banner-mode",
          "off",
          "spring.main.sources",
          LoopbackOnly.class.getName()));
      S3MockApplication server =
          S3MockApplication.start(properties, "--spring.main.register-shutdown-hook=false");
      // Its files go with it.
      Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "s3mock-stop"));
      return URI.create("http://127.0.0.1:" + server.getHttpPort());
    }
  }

  private static final class LocalStackHolder {
    private static final S3Emulator EMULATOR =
        new S3Emulator(LocalStack.running().endpoint(), false);
  }

  private static final class MinioHolder {
    private static final S3Emulator EMULATOR = new S3Emulator(Minio.running().endpoint(), true);
  }

  private static final class S3ProxyHolder {
    private static final S3Emulator EMULATOR = new S3Emulator(start(), true);

    private static URI start() {
      S3Proxy server = S3Proxy.builder()
          .blobStore(new TransientNio2BlobStore())
          .endpoint(URI.create("http://127.0.0.1:0"))
          .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
          .ignoreUnknownHeaders(true)
          .build();
      try {
        server.start();
      } catch (Exception e) {
        throw new IllegalStateException("S3Proxy did not start", e);
      }
      return URI.create("http://127.0.0.1:" + server.getPort());
    }
  }
}
