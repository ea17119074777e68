package io.coldstream.store.gcs;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.cloud.CloudStore;
import io.coldstream.store.network.Network;
import io.coldstream.store.spi.ManualRead;
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
  public Optional<String> keySetting() {
    return Optional.of("kms-key");
  }

  @Override
  public ManualRead manualRead() {
    return new ManualRead(
        "Google Cloud Storage (gcloud)",
        List.of("REPO=gs://bucket/prefix", "get() { gcloud storage cat \"$REPO/$1\"; }"));
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
    return new CloudStore(
        new GcsDriver(read, tools.sessions(), connection(read, settings), clock), tools, clock);
  }

  @Override
  public StoreReport inspect(StoreUrl url, StoreSettings settings) throws StoreException {
    GcsSettings read = GcsSettings.of(url, settings);
    try (GcsInspection inspection =
        GcsInspection.on(connection(read, settings), read, Clock.systemUTC())) {
      return inspection.report();
    }
  }

  private GcsConnection connection(GcsSettings read, StoreSettings settings) throws StoreException {
    return GcsConnection.open(read, network(settings), keyFile);
  }

  private Network network(StoreSettings settings) throws StoreException {
    return Network.of(environment, settings.caFile());
  }

  @Override
  public String permission(Permission need) {
    return GcsInspection.permission(need);
  }
}
