package io.coldstream.store.local;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.spi.ManualRead;
import io.coldstream.store.spi.NetworkFact;
import io.coldstream.store.spi.Permission;
import io.coldstream.store.spi.Refusals;
import io.coldstream.store.spi.StoreProvider;
import io.coldstream.store.spi.StoreReport;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.spi.StoreUrl;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code file:///path}: a directory on a local or mounted file system. It has no settings of its own;
 * of the common ones, storage class and certificates mean nothing to it.
 */
public final class LocalStoreProvider implements StoreProvider {

  /** Makes the provider; costs nothing. */
  public LocalStoreProvider() {
    // Nothing is held.
  }

  @Override
  public String scheme() {
    return "file";
  }

  @Override
  public String urlForm() {
    return "file:///path";
  }

  @Override
  public List<String> credentialVariables() {
    return List.of();
  }

  /** A directory knows no credentials. */
  @Override
  public StoreProvider withCredentials(Map<String, String> variables) {
    return this;
  }

  @Override
  public List<NetworkFact> networkFacts(Map<String, String> environment) {
    return List.of();
  }

  @Override
  public Optional<String> keySetting() {
    return Optional.empty();
  }

  @Override
  public ManualRead manualRead() {
    return new ManualRead(
        "A folder",
        "file:///path (a folder)",
        "/path/of/the/repository",
        "${1#file://}",
        "get() { cat \"$REPO/$1\"; }");
  }

  @Override
  public Set<String> settingNames() {
    return Set.of();
  }

  @Override
  public ObjectStore open(StoreUrl url, StoreSettings settings, StoreTools tools)
      throws StoreException {
    refuseLocks(settings);
    return new LocalStore(root(url), tools.warnings(), settings.partSizeBytes());
  }

  @Override
  public StoreReport inspect(StoreUrl url, StoreSettings settings) throws StoreException {
    refuseLocks(settings);
    return LocalInspection.of(root(url));
  }

  @Override
  public String permission(Permission need) {
    return LocalInspection.permission(need);
  }

  private static void refuseLocks(StoreSettings settings) throws StoreException {
    if (settings.lock().isPresent()) {
      throw Refusals.setting(
          "lock",
          "cannot be used with file:, since a directory cannot lock objects; remove it, or use"
              + " s3:, az: or gs:");
    }
  }

  private static Path root(StoreUrl url) throws StoreException {
    if (!url.authority().isEmpty()) {
      throw rejected("'" + url.authority() + "' would be a host, and a directory has none;"
          + " an absolute path has three slashes: file:///path");
    }
    Path root = url.folder().orElseThrow();
    if (!root.isAbsolute() || root.getParent() == null) {
      throw rejected("the path names a folder below the root, such as file:///backup/db");
    }
    return root;
  }

  private static StoreException rejected(String why) {
    return new StoreException(Kind.REJECTED, "repository URL: " + why, null);
  }
}
