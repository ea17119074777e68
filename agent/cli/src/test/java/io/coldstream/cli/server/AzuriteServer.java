package io.coldstream.cli.server;

import io.coldstream.store.azure.standin.AzureStandin;
import io.coldstream.store.testkit.standin.Azurite;
import java.net.URI;
import java.util.Map;

/** Azurite, which must be installed; it ends with this process. */
final class AzuriteServer implements StoreServer {

  private final AzureStandin standin = new AzureStandin();
  private final String container = standin.newContainer();

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
    return standin.url(container, "database") + "?endpoint=" + through
        + Azurite.running().endpoint().getPath();
  }

  @Override
  public Map<String, String> environment() {
    return standin.environment();
  }
}
