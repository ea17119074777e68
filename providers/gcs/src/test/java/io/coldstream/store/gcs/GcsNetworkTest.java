package io.coldstream.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.http.HttpTransport;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.network.Network;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.spi.StoreUrl;
import io.coldstream.store.testkit.NetworkContract;
import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.ForwardProxy;
import io.coldstream.store.testkit.http.OwnAuthority;
import io.coldstream.store.testkit.http.RawServer;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Proxies, certificates, and answers of somebody on the way. */
class GcsNetworkTest implements NetworkContract {

  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String TOKENS = "oauth2.googleapis.com";

  @Override
  public ObjectStore open(
      Map<String, String> environment, URI endpoint, Map<String, String> settings, StoreTools tools)
      throws StoreException {
    GcsStoreProvider provider = new GcsStoreProvider(environment);
    Map<String, String> all = new HashMap<>(settings);
    all.putAll(Map.of("endpoint", endpoint.toString(), "anonymous", "true"));
    return provider.open(
        StoreUrl.parse("gs://bucket/p"), StoreSettings.of(all, provider.settingNames()), tools);
  }

  @Override
  public Answer emptyListing() {
    return Answer.of(200, JSON, "{\"kind\":\"storage#objects\"}");
  }

  private Answer answer(String line) {
    return line.startsWith("POST /token")
        ? Answer.of(
            200, JSON, "{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":3600}")
        : emptyListing();
  }

  /** A store of a service account, whose tokens come from Google. */
  private static ObjectStore ofAccount(ForwardProxy proxy, URI endpoint, Optional<Path> caFile)
      throws Exception {
    Network network = Network.of(
        Map.of("HTTPS_PROXY", "http://" + proxy.address(), "NO_PROXY", "127.0.0.1"), caFile);
    HttpTransport tokens = GcsConnection.tokenTransport(network);
    ServiceAccountCredentials account = ServiceAccountCredentials.newBuilder()
        .setClientEmail("a@b.example")
        .setPrivateKey(KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate())
        .setTokenServerUri(URI.create("https://" + TOKENS + "/token"))
        .setHttpTransportFactory(() -> tokens)
        .build();
    GcsSettings settings = GcsSettings.of(
        StoreUrl.parse("gs://bucket/p"),
        StoreSettings.of(Map.of("endpoint", endpoint.toString()), GcsSettings.NAMES));
    return OnServer.store(
        settings,
        Optional.empty(),
        GcsConnection.open(settings, network, account),
        Clock.systemUTC());
  }

  @Test
  void tokensAreFetchedThroughTheProxyAndTrustedByTheSameCertificates() throws Exception {
    try (RawServer server = new RawServer(this::answer, OwnAuthority.get().context());
        ForwardProxy proxy = new ForwardProxy(server.uri());
        ObjectStore store =
            ofAccount(proxy, server.uri(), Optional.of(OwnAuthority.get().certificates()))) {
      assertThat(store.list(ObjectPrefix.ALL, ListCursor.START).objects()).isEmpty();
      assertThat(proxy.requests()).containsExactly("CONNECT " + TOKENS + ":443 HTTP/1.1");
    }
  }

  @Test
  void anUntrustedCertificateOfTheTokenServiceIsToldAsThat() throws Exception {
    try (RawServer server = new RawServer(this::answer, OwnAuthority.get().context());
        ForwardProxy proxy = new ForwardProxy(server.uri());
        ObjectStore store = ofAccount(proxy, server.uri(), Optional.empty())) {
      StoreException failure = Failures.of(() -> store.list(ObjectPrefix.ALL, ListCursor.START));
      assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
      assertThat(failure).hasMessageContainingAll("\"" + TOKENS + "\" is not trusted", "ca-file");
    }
  }

  @Test
  void aProxysRefusalOfTheTokenServiceIsToldAsTheProxys() throws Exception {
    try (RawServer server = new RawServer(this::answer, OwnAuthority.get().context());
        ForwardProxy proxy = new ForwardProxy(server.uri()).refusing(407);
        ObjectStore store = ofAccount(proxy, server.uri(), Optional.empty())) {
      StoreException failure = Failures.of(() -> store.list(ObjectPrefix.ALL, ListCursor.START));
      assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(failure)
          .hasMessageContaining(
              proxy.address() + " (from HTTPS_PROXY) refused to connect to " + TOKENS + ":443");
    }
  }

  /** The setting endpoint does not decide that host. */
  @Test
  void whatDecidesTheHostOfTheTokenServiceIsNamed() throws Exception {
    try (RawServer server = new RawServer(this::answer, OwnAuthority.get().context());
        ForwardProxy proxy = new ForwardProxy(server.uri()).refusing(503);
        ObjectStore store = ofAccount(proxy, server.uri(), Optional.empty())) {
      StoreException failure = Failures.of(() -> store.list(ObjectPrefix.ALL, ListCursor.START));
      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure)
          .hasMessageContaining(
              "HTTP 503); check token_uri or token_url in the credentials file, or list")
          .hasMessageNotContaining("endpoint");
    }
  }
}
