package io.coldstream.store.gcs;

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

/** Opens {@code gs://bucket/prefix}. */
public final class GcsStoreProvider implements StoreProvider {

  private static final String KEY_FILE = "GOOGLE_APPLICATION_CREDENTIALS";

  private final Map<String, String> environment;
  private final Optional<String> keyFile;

  /** A provider that finds proxies and certificates in the environment of this process. */
  public GcsStoreProvider() {
    this(System.getenv());
  }

  /**
   * A provider that finds proxies and certificates elsewhere.
   *
   * @param environment names and values
   */
  GcsStoreProvider(Map<String, String> environment) {
    this(environment, Optional.empty());
  }

  private GcsStoreProvider(Map<String, String> environment, Optional<String> keyFile) {
    this.environment = environment;
    this.keyFile = keyFile;
  }

  @Override
  public String scheme() {
    return "gs";
  }

  @Override
  public String urlForm() {
    return "gs://bucket/prefix";
  }

  @Override
  public List<String> credentialVariables() {
    return List.of(KEY_FILE);
  }

  @Override
  public StoreProvider withCredentials(Map<String, String> variables) {
    return new GcsStoreProvider(environment, Optional.ofNullable(variables.get(KEY_FILE)));
  }

  @Override
  public List<NetworkFact> networkFacts(Map<String, String> environment) {
    return Network.facts(environment);
  }

  @Override
  public Optional<String> keySetting() {
    return Optional.of("kms-key");
  }

  @Override
  public ManualRead manualRead() {
    return new ManualRead(
        "Google Cloud Storage (gcloud)",
        "gs://bucket/prefix (gcloud)",
        "gs://bucket/prefix",
        "${1%/}",
        "get() { gcloud storage cat \"$REPO/$1\"; }");
  }

  @Override
  public Set<String> settingNames() {
    return GcsSettings.NAMES;
  }

  /**
   * Opens a bucket, without a request to it. Where the environment names no credentials, the
   * machine's own metadata service is asked whether it has some.
   */
  @Override
  public ObjectStore open(StoreUrl url, StoreSettings settings, StoreTools tools)
      throws StoreException {
    GcsSettings read = GcsSettings.of(url, settings);
    Clock clock = Clock.systemUTC();
    Network network = network(settings);
    network.warnings().forEach(tools.warnings());
    return new CloudStore(
        new GcsDriver(read, tools.sessions(), connection(read, network), clock), tools, clock);
  }

  @Override
  public StoreReport inspect(StoreUrl url, StoreSettings settings) throws StoreException {
    GcsSettings read = GcsSettings.of(url, settings);
    Network network = network(settings);
    try (GcsInspection inspection = GcsInspection.open(
        read, network, Clock.systemUTC(), GcsConnection.credentials(read, network, keyFile))) {
      return inspection.report();
    }
  }

  private GcsConnection connection(GcsSettings read, Network network) throws StoreException {
    return GcsConnection.open(read, network, GcsConnection.credentials(read, network, keyFile));
  }

  private Network network(StoreSettings settings) throws StoreException {
    return Network.of(environment, settings.caFile());
  }

  @Override
  public String permission(Permission need) {
    return GcsInspection.permission(need);
  }
}
