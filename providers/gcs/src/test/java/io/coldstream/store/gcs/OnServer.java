package io.coldstream.store.gcs;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.cloud.CloudStore;
import io.coldstream.store.gcs.emulator.GcsServer;
import io.coldstream.store.network.Network;
import io.coldstream.store.spi.PartMemory;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.spi.StoreUrl;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Opens stores on a server of our own. */
final class OnServer {

  static final String BUCKET = "bucket-of-tests";
  static final int PART_BYTES = GcsSettings.GRAIN_BYTES;

  private OnServer() {}

  /** A server with an empty bucket. */
  static GcsServer server() {
    GcsServer server = GcsServer.inMemory();
    server.createBucket(BUCKET);
    return server;
  }

  static GcsSettings settings(GcsServer server, String... more) throws StoreException {
    return settingsOn("p", server, more);
  }

  private static GcsSettings settingsOn(String prefix, GcsServer server, String... more)
      throws StoreException {
    Map<String, String> all = new HashMap<>(Map.of(
        "endpoint", server.url().toString(),
        "anonymous", "true",
        "part-size", "256KiB",
        "timeout", "20s"));
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return GcsSettings.of(
        StoreUrl.parse("gs://" + BUCKET + "/" + prefix), StoreSettings.of(all, GcsSettings.NAMES));
  }

  /** A store for everybody, that keeps no sessions in a folder. */
  static ObjectStore store(GcsServer server, String... more) throws StoreException {
    return store(server, Optional.empty(), Clock.systemUTC(), more);
  }

  /** A store for everybody. */
  static ObjectStore store(GcsServer server, Optional<Path> folder, Clock clock, String... more)
      throws StoreException {
    GcsSettings settings = settings(server, more);
    return store(
        settings,
        folder,
        GcsConnection.open(settings, Network.DIRECT, NoCredentials.getInstance()),
        clock);
  }

  /** A store for who brings a token, that keeps no sessions in a folder. */
  static ObjectStore storeOf(GcsServer server, String token) throws StoreException {
    return storeOf(server, token, "p", Optional.empty());
  }

  /** A store for who brings a token. */
  static ObjectStore storeOf(GcsServer server, String token, String prefix, Optional<Path> folder)
      throws StoreException {
    GcsSettings settings = settingsOn(prefix, server);
    GoogleCredentials credentials = GoogleCredentials.create(new AccessToken(token, null));
    return store(
        settings,
        folder,
        GcsConnection.open(settings, Network.DIRECT, credentials),
        Clock.systemUTC());
  }

  /** A store over a connection, which it closes. */
  static ObjectStore store(
      GcsSettings settings, Optional<Path> folder, GcsConnection connection, Clock clock) {
    StoreTools tools = new StoreTools(Runnable::run, PartMemory.NONE, folder);
    return new CloudStore(new GcsDriver(settings, folder, connection, clock), tools, clock);
  }
}
