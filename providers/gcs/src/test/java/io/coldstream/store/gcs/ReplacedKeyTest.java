package io.coldstream.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.http.HttpTransport;
import com.google.auth.oauth2.GoogleCredentials;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.network.Network;
import io.coldstream.store.spi.StoreFact.Topic;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreUrl;
import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.RawServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A key that is refused is read again from its file. */
@Timeout(120)
class ReplacedKeyTest {

  private static final String JSON = "Content-Type: application/json\r\n";

  /** What the token service and the store do not accept: the beginnings of request lines. */
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  @TempDir
  private Path folder;

  private Answer answer(String line) {
    if (refused.stream().anyMatch(line::startsWith)) {
      return line.startsWith("POST")
          ? Answer.of(400, JSON, "{\"error\":\"invalid_grant\"}")
          : Answer.of(401, JSON, "{\"error\":{\"code\":401,\"message\":\"Invalid Credentials\"}}");
    }
    return line.startsWith("POST /token")
        ? Answer.of(
            200, JSON, "{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":3600}")
        : Answer.of(200, JSON, "{\"kind\":\"storage#objects\"}");
  }

  /** Writes a key whose tokens come from a path of its own. */
  private Path write(String account, URI server) throws Exception {
    byte[] key =
        KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate().getEncoded();
    return Files.writeString(
        folder.resolve("key.json"),
        "{\"type\":\"service_account\",\"project_id\":\"p\",\"client_id\":\"1\",\"client_email\":\""
            + account + "@b.example\",\"private_key_id\":\"k\",\"private_key\":\""
            + "-----BEGIN PRIVATE KEY-----\\n" + Base64.getEncoder().encodeToString(key)
            + "\\n-----END PRIVATE KEY-----\\n\",\"token_uri\":\"" + server + "/token-" + account
            + "\"}");
  }

  private static FileCredentials credentials(Path file) throws IOException, StoreException {
    HttpTransport tokens = GcsConnection.tokenTransport(Network.DIRECT);
    try (InputStream in = Files.newInputStream(file)) {
      return new FileCredentials(
          GoogleCredentials.fromStream(in, () -> tokens), file, () -> tokens);
    }
  }

  private static GcsSettings settings(URI server) throws StoreException {
    return GcsSettings.of(
        StoreUrl.parse("gs://bucket/p"),
        StoreSettings.of(Map.of("endpoint", server.toString()), GcsSettings.NAMES));
  }

  private static ObjectStore store(RawServer server, Path file) throws Exception {
    GcsSettings settings = settings(server.uri());
    return OnServer.store(
        settings,
        Optional.empty(),
        GcsConnection.open(settings, Network.DIRECT, credentials(file)),
        Clock.systemUTC());
  }

  private static void list(ObjectStore store) throws StoreException {
    assertThat(store.list(ObjectPrefix.ALL, ListCursor.START).objects()).isEmpty();
  }

  private static List<String> tokens(RawServer server) {
    return server.requests().stream()
        .filter(line -> line.startsWith("POST"))
        .map(line -> line.split(" ")[1])
        .toList();
  }

  @Test
  void aKeyThatTheTokenServiceRefusesIsReadAgain() throws Exception {
    try (RawServer server = new RawServer(this::answer);
        ObjectStore store = store(server, write("old", server.uri()))) {
      refused.add("POST /token-old ");
      write("new", server.uri());
      list(store);
      assertThat(tokens(server)).containsExactly("/token-old", "/token-new");
    }
  }

  @Test
  void aTokenThatTheStoreRefusesIsFetchedWithTheKeyOfTheFile() throws Exception {
    try (RawServer server = new RawServer(line -> {
          Answer answer = answer(line);
          refused.remove("GET");
          return answer;
        });
        ObjectStore store = store(server, write("old", server.uri()))) {
      list(store);
      write("new", server.uri());
      refused.add("GET");
      list(store);
      assertThat(tokens(server)).containsExactly("/token-old", "/token-new");
    }
  }

  @Test
  void theSameKeyIsGivenUpAfterOneMoreRequestWithTheCause() throws Exception {
    try (RawServer server = new RawServer(this::answer);
        ObjectStore store = store(server, write("old", server.uri()))) {
      refused.add("POST /token-old ");
      StoreException failure = Failures.of(() -> list(store));
      assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(failure).hasMessageContainingAll("were not accepted; renew them", "invalid_grant");
      assertThat(tokens(server)).containsExactly("/token-old", "/token-old");
    }
  }

  @Test
  void aFileThatIsGoneLeavesTheRefusalAsItIs() throws Exception {
    try (RawServer server = new RawServer(this::answer);
        ObjectStore store = store(server, write("old", server.uri()))) {
      refused.add("POST /token-old ");
      Files.delete(folder.resolve("key.json"));
      assertThat(Failures.of(() -> list(store))).hasMessageContaining("invalid_grant");
    }
  }

  @Test
  void theDoctorNamesTheAccountAndItsFile() throws Exception {
    try (RawServer server = new RawServer(this::answer);
        GcsInspection inspection = GcsInspection.open(
            settings(server.uri()),
            Network.DIRECT,
            Clock.systemUTC(),
            credentials(write("old", server.uri())))) {
      assertThat(inspection.report().about(Topic.IDENTITY).orElseThrow().what())
          .isEqualTo("service account old@b.example from " + folder.resolve("key.json"));
    }
  }
}
