package io.coldstream.store.s3;

import io.coldstream.store.StoreException;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.network.Network;
import io.coldstream.store.network.Route;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** The SDK's client and what it stands on: one attempt for each call, streaming, watched. */
final class S3Connection implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int CONNECTIONS = 128;

  private final SdkHttpClient transport;
  private final S3Client client;

  private final CredentialChain credentials;

  private S3Connection(SdkHttpClient transport, S3Client client, CredentialChain credentials) {
    this.transport = transport;
    this.client = client;
    this.credentials = credentials;
  }

  /**
   * Makes a client.
   *
   * @param also what is set on it last, for instance other credentials than the default chain's
   */
  static S3Connection open(S3Settings settings, Network network, Consumer<S3ClientBuilder> also)
      throws StoreException {
    return open(settings, network, new CredentialChain(network), also);
  }

  /** Makes a client with given credentials; no request is made to the store. */
  static S3Connection open(S3Settings settings, Network network, CredentialChain credentials)
      throws StoreException {
    return open(settings, network, credentials, builder -> {});
  }

  private static S3Connection open(
      S3Settings settings,
      Network network,
      CredentialChain credentials,
      Consumer<S3ClientBuilder> also)
      throws StoreException {
    Region region = region(settings);
    SdkHttpClient transport = transport(settings, network);
    S3Client client = S3Failures.call(
        Operation.OPEN,
        settings.keys().shown(),
        () -> client(settings, region, transport, builder -> {
          builder.credentialsProvider(credentials);
          also.accept(builder);
        }));
    return new S3Connection(transport, client, credentials);
  }

  /** The client's own credentials. */
  CredentialChain credentials() {
    return credentials;
  }

  S3Client client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    credentials.close();
    transport.close();
  }

  private static S3Client client(
      S3Settings settings, Region region, SdkHttpClient transport, Consumer<S3ClientBuilder> also) {
    boolean always = settings.sendsChecksums();
    S3ClientBuilder builder = S3Client.builder()
        .region(region)
        .forcePathStyle(settings.pathStyle())
        .httpClient(transport)
        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry())
            .addExecutionInterceptor(new EmptyFields())
            .addExecutionInterceptor(new RefusedRequest.Notes(always)))
        .requestChecksumCalculation(
            always
                ? RequestChecksumCalculation.WHEN_SUPPORTED
                : RequestChecksumCalculation.WHEN_REQUIRED)
        // Asked for where whole objects are read: some stores answer a range with the checksum
        // of the whole.
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    settings.endpoint().ifPresent(builder::endpointOverride);
    if (!always) {
      // What must carry a checksum (deleting) carries the old one.
      builder.addPlugin(LegacyMd5Plugin.create());
    }
    also.accept(builder);
    return builder.build();
  }

  private static SdkHttpClient transport(S3Settings settings, Network network) {
    String bucket = settings.keys().bucket();
    return transport(
        network, settings.common().timeout(), uri -> network.to(uri).withBucket(bucket));
  }

  /**
   * A transport on a network.
   *
   * @param ways tells the way of a request
   */
  static SdkHttpClient transport(Network network, Duration timeout, Function<URI, Route> ways) {
    ProxyRoutes routes = new ProxyRoutes(network);
    Apache5HttpClient.Builder builder = Apache5HttpClient.builder()
        .connectionTimeout(CONNECT)
        .connectionAcquisitionTimeout(CONNECT)
        .maxConnections(CONNECTIONS)
        .httpRoutePlanner(routes)
        // The routes alone decide; the client would read some variables, and differently.
        .proxyConfiguration(ProxyConfiguration.builder()
            .useSystemPropertyValues(false)
            .useEnvironmentVariableValues(false)
            .build())
        // The watch cuts earlier, and tells a stall from a broken connection.
        .socketTimeout(timeout.plus(WatchedHttpClient.COMPLETING));
    network.trust().ifPresent(managers -> builder.tlsTrustManagersProvider(() -> managers));
    return new WatchedHttpClient(builder.build(), timeout, routes, ways);
  }

  private static Region region(S3Settings settings) throws StoreException {
    if (settings.region().isPresent()) {
      return Region.of(settings.region().get());
    }
    if (settings.endpoint().isEmpty()) {
      return S3Failures.call(
          Operation.OPEN,
          settings.keys().shown(),
          () -> DefaultAwsRegionProviderChain.builder().build().getRegion());
    }
    // A compatible store: the region matters little, and the machine's metadata service nothing.
    AwsRegionProvider told = new AwsRegionProviderChain(
        new SystemSettingsRegionProvider(), new AwsProfileRegionProvider(), () -> Region.US_EAST_1);
    return S3Failures.call(Operation.OPEN, settings.keys().shown(), told::getRegion);
  }
}
