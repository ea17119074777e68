package io.coldstream.store.s3;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.cloud.CloudStore;
import io.coldstream.store.network.Network;
import io.coldstream.store.spi.ManualRead;
import io.coldstream.store.spi.NetworkFact;
import io.coldstream.store.spi.Permission;
import io.coldstream.store.spi.StoreProvider;
import io.coldstream.store.spi.StoreReport;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.spi.StoreUrl;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/** Opens {@code s3://bucket/prefix}. */
public final class S3StoreProvider implements StoreProvider {

  private static final Logger LOG = LoggerFactory.getLogger(S3StoreProvider.class);

  /** Names certificates for every AWS SDK. */
  private static final String CA_BUNDLE = "AWS_CA_BUNDLE";

  private final Map<String, String> environment;
  private final Optional<Map<String, String>> credentials;

  /** A provider that finds proxies and certificates in the environment of this process. */
  public S3StoreProvider() {
    this(System.getenv());
  }

  /**
   * A provider that finds proxies and certificates elsewhere.
   *
   * @param environment names and values
   */
  S3StoreProvider(Map<String, String> environment) {
    this(environment, Optional.empty());
  }

  private S3StoreProvider(
      Map<String, String> environment, Optional<Map<String, String>> credentials) {
    this.environment = environment;
    this.credentials = credentials;
  }

  @Override
  public String scheme() {
    return "s3";
  }

  @Override
  public String urlForm() {
    return "s3://bucket/prefix";
  }

  @Override
  public List<String> credentialVariables() {
    return List.of(
        "AWS_PROFILE",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_ROLE_ARN",
        "AWS_WEB_IDENTITY_TOKEN_FILE");
  }

  @Override
  public List<NetworkFact> networkFacts(Map<String, String> environment) {
    return Network.facts(environment, CA_BUNDLE);
  }

  @Override
  public StoreProvider withCredentials(Map<String, String> variables) {
    return new S3StoreProvider(environment, Optional.of(Map.copyOf(variables)));
  }

  @Override
  public Optional<String> keySetting() {
    return Optional.of("kms-key");
  }

  @Override
  public ManualRead manualRead() {
    return new ManualRead(
        "Amazon S3 and compatible stores (aws-cli; set AWS_ENDPOINT_URL for the latter)",
        "s3://bucket/prefix (aws-cli; AWS_ENDPOINT_URL for compatible stores)",
        "s3://bucket/prefix",
        "${1%/}",
        "get() { aws s3 cp --only-show-errors \"$REPO/$1\" -; }");
  }

  @Override
  public Set<String> settingNames() {
    return S3Settings.NAMES;
  }

  /**
   * Opens a bucket, without a request to it. Where neither the settings nor the environment tell the
   * region, the machine's own metadata service is asked.
   */
  @Override
  public ObjectStore open(StoreUrl url, StoreSettings settings, StoreTools tools)
      throws StoreException {
    S3Settings checked = S3Settings.of(url, settings);
    Network network = network(settings);
    network.warnings().forEach(tools.warnings());
    S3Connection connection = connection(checked, network);
    LOG.info(
        "store \"{}\": bucket in the {}, {}, at most {} parts, create-only put is {}",
        checked.store().name(),
        isInHostName(checked.keys().bucket(), connection.client()) ? "host name" : "path",
        checked.sendsChecksums() ? "CRC-32C trailers" : "Content-MD5 instead of CRC-32C trailers",
        checked.store().mostParts(),
        checked.kind().isExclusive()
            ? checked.store().creation().shown()
            : "replaced by a look-up");
    return new CloudStore(new S3Driver(connection, checked), tools, Clock.systemUTC());
  }

  /** The SDK decides: an endpoint that is an IP address has the bucket in the path, for example. */
  private static boolean isInHostName(String bucket, S3Client client) {
    return client
        .utilities()
        .getUrl(b -> b.bucket(bucket).key("key"))
        .getHost()
        .startsWith(bucket + ".");
  }

  @Override
  public StoreReport inspect(StoreUrl url, StoreSettings settings) throws StoreException {
    S3Settings checked = S3Settings.of(url, settings);
    try (S3Inspection inspection =
        S3Inspection.on(connection(checked, network(settings)), checked, Clock.systemUTC())) {
      return inspection.report();
    }
  }

  private S3Connection connection(S3Settings checked, Network network) throws StoreException {
    CredentialChain chain = credentials.isPresent()
        ? new CredentialChain(network, new CredentialVariables(credentials.get()).sources())
        : new CredentialChain(network);
    return S3Connection.open(checked, network, chain);
  }

  private Network network(StoreSettings settings) throws StoreException {
    return Network.of(environment, settings.caFile(), CA_BUNDLE);
  }

  @Override
  public String permission(Permission need) {
    return S3Inspection.permission(need);
  }
}
