package io.coldstream.store.azure;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens {@code az://account/container/prefix}. */
public final class AzureStoreProvider implements StoreProvider {

  private static final Logger LOG = LoggerFactory.getLogger(AzureStoreProvider.class);

  private final Map<String, String> environment;

  /** A provider that finds secrets, proxies and certificates in the environment of this process. */
  public AzureStoreProvider() {
    this(System.getenv());
  }

  /**
   * A provider that finds secrets, proxies and certificates elsewhere.
   *
   * @param environment names and values
   */
  AzureStoreProvider(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public String scheme() {
    return "az";
  }

  @Override
  public String urlForm() {
    return "az://account/container/prefix";
  }

  @Override
  public List<String> credentialVariables() {
    return List.of(
        "AZURE_STORAGE_CONNECTION_STRING",
        "AZURE_STORAGE_KEY",
        "AZURE_STORAGE_SAS_TOKEN",
        "AZURE_TENANT_ID",
        "AZURE_CLIENT_ID",
        "AZURE_CLIENT_SECRET",
        "AZURE_CLIENT_CERTIFICATE_PATH",
        "AZURE_FEDERATED_TOKEN_FILE");
  }

  @Override
  public List<NetworkFact> networkFacts(Map<String, String> environment) {
    return Network.facts(environment);
  }

  @Override
  public StoreProvider withCredentials(Map<String, String> variables) {
    Map<String, String> other = new HashMap<>(environment);
    other.keySet().removeAll(credentialVariables());
    other.putAll(variables);
    return new AzureStoreProvider(other);
  }

  @Override
  public Optional<String> keySetting() {
    return Optional.of("encryption-scope");
  }

  @Override
  public ManualRead manualRead() {
    return new ManualRead(
        "Azure Blob Storage (az)",
        "az://account/container/prefix (az)",
        "https://ACCOUNT.blob.core.windows.net/CONTAINER/prefix",
        "https://$(echo \"${1#az://}\" | sed 's|/$||; s|/|.blob.core.windows.net/|')",
        "get() { az storage blob download --only-show-errors --no-progress"
            + " --blob-url \"$REPO/$1\" --file \"$TARGET/.blob\" >&2"
            + " && cat \"$TARGET/.blob\" && rm \"$TARGET/.blob\"; }");
  }

  @Override
  public Set<String> settingNames() {
    return AzureSettings.NAMES;
  }

  /** Opens a container, without a request to it. */
  @Override
  public ObjectStore open(StoreUrl url, StoreSettings settings, StoreTools tools)
      throws StoreException {
    AzureSettings checked = AzureSettings.of(url, settings);
    Credentials credentials = Credentials.of(environment);
    LOG.info("credentials: {}", credentials.source());
    Network network = network(settings);
    network.warnings().forEach(tools.warnings());
    AzureConnection connection = AzureConnection.open(checked, network, credentials);
    return new CloudStore(new AzureDriver(connection, checked), tools, Clock.systemUTC());
  }

  @Override
  public StoreReport inspect(StoreUrl url, StoreSettings settings) throws StoreException {
    try (AzureInspection inspection = AzureInspection.open(
        AzureSettings.of(url, settings),
        network(settings),
        Credentials.of(environment),
        Clock.systemUTC())) {
      return inspection.report();
    }
  }

  private Network network(StoreSettings settings) throws StoreException {
    return Network.of(environment, settings.caFile());
  }

  @Override
  public String permission(Permission need) {
    return AzureInspection.permission(need);
  }
}
