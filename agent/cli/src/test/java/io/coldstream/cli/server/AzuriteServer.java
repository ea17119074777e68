package io.coldstream.cli.server;

import io.coldstream.store.azure.emulator.AzureEmulator;
import io.coldstream.store.testkit.emulator.Azurite;
import java.net.URI;
import java.util.Map;

/** Azurite, which must be installed; it ends with this process. */
final class AzuriteServer implements StoreServer {

  private final AzureEmulator emulator = new AzureEmulator();
  private final String container = emulator.newContainer();

  @Override
  public URI address() {
    URI account = Azurite.running().endpoint();
    return URI.create(account.getScheme() + "://" + account.getAuthority());
  }

  @Override
  public String bucket() {
    return container;
  }

  @Override
  public String repository(URI through) {
    return emulator.url(container, "database") + "?endpoint=" + through
        + Azurite.running().endpoint().getPath();
  }

  @Override
  public Map<String, String> environment() {
    return emulator.environment();
  }
}
