package io.coldstream.cli.server;

import io.coldstream.store.gcs.emulator.GcsBuckets;
import io.coldstream.store.gcs.emulator.GcsServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Our own server that stands in for Google Cloud Storage, with its bytes in a folder. */
final class GcsProcessServer implements StoreServer {

  private final GcsServerProcess child;

  private GcsProcessServer(GcsServerProcess child) {
    this.child = child;
  }

  static GcsProcessServer start(Path folder) throws IOException {
    Files.createDirectories(folder);
    GcsProcessServer server =
        new GcsProcessServer(GcsServerProcess.start("1g", Optional.of(folder)));
    GcsBuckets.create(server.address(), server.bucket());
    return server;
  }

  @Override
  public URI address() {
    return child.url();
  }

  @Override
  public String bucket() {
    return "coldstream";
  }

  @Override
  public String repository(URI through) {
    return "gs://" + bucket() + "/database?anonymous=true&endpoint=" + through;
  }

  @Override
  public Map<String, String> environment() {
    return Map.of();
  }

  @Override
  public double cpuSeconds() throws IOException {
    return ChildServer.cpuSeconds(child.pid());
  }

  @Override
  public void close() throws IOException {
    child.close();
  }
}
