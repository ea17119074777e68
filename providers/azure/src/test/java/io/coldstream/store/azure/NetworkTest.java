package io.coldstream.store.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.testkit.NetworkContract;
import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.ForwardProxy;
import io.coldstream.store.testkit.http.OwnAuthority;
import io.coldstream.store.testkit.http.RawServer;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Proxies, certificates, and answers of somebody on the way. */
class NetworkTest implements NetworkContract {

  static final String LOGIN = "login.microsoftonline.com";

  @Override
  public ObjectStore open(
      Map<String, String> environment, URI endpoint, Map<String, String> settings, StoreTools tools)
      throws StoreException {
    Map<String, String> all = new HashMap<>(RawAzure.KEY);
    all.putAll(environment);
    return opened(all, endpoint, settings, tools);
  }

  private static ObjectStore opened(
      Map<String, String> environment, URI endpoint, Map<String, String> settings, StoreTools tools)
      throws StoreException {
    Map<String, String> all = new HashMap<>(settings);
    all.put("endpoint", endpoint + "/account");
    return Opened.store(tools, environment, RawAzure.URL, all);
  }

  @Override
  public Answer emptyListing() {
    return RawAzure.listing("");
  }

  /** What Azure's login answers, and a container without objects. */
  static Answer answer(String line) {
    if (line.contains("/discovery/instance")) {
      return json("{\"tenant_discovery_endpoint\":\"https://" + LOGIN
          + "/tenant/v2.0/.well-known/openid-configuration\",\"api-version\":\"1.1\","
          + "\"metadata\":[{\"preferred_network\":\"" + LOGIN + "\",\"preferred_cache\":\"" + LOGIN
          + "\",\"aliases\":[\"" + LOGIN + "\"]}]}");
    }
    return line.contains("/oauth2/v2.0/token")
        ? json("{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"t\"}")
        : RawAzure.listing("");
  }

  private static Answer json(String text) {
    return Answer.of(200, "Content-Type: application/json\r\n", text);
  }

  /** A store of an application that gets its tokens from Azure's login. */
  private static ObjectStore ofApplication(
      ForwardProxy proxy, URI endpoint, Map<String, String> settings) throws StoreException {
    return opened(
        Map.of(
            "AZURE_TENANT_ID", "tenant",
            "AZURE_CLIENT_ID", "client",
            "AZURE_CLIENT_SECRET", "not-a-secret",
            "HTTPS_PROXY", "http://" + proxy.address(),
            "NO_PROXY", "127.0.0.1"),
        endpoint,
        settings,
        StoreTools.NONE);
  }

  @Test
  void theLoginIsReachedThroughTheProxyAndTrustedByTheSameCertificates() throws Exception {
    try (RawServer server =
            new RawServer(NetworkTest::answer, OwnAuthority.get().context());
        ForwardProxy proxy = new ForwardProxy(server.uri());
        ObjectStore store = ofApplication(
            proxy,
            server.uri(),
            Map.of("ca-file", OwnAuthority.get().certificates().toString()))) {
      assertThat(store.list(ObjectPrefix.ALL, ListCursor.START).objects()).isEmpty();
      assertThat(proxy.requests()).containsOnly("CONNECT " + LOGIN + ":443 HTTP/1.1");
    }
  }

  @Test
  void anUntrustedCertificateOfTheLoginIsToldAsThat() throws Exception {
    try (RawServer server =
            new RawServer(NetworkTest::answer, OwnAuthority.get().context());
        ForwardProxy proxy = new ForwardProxy(server.uri());
        ObjectStore store = ofApplication(proxy, server.uri(), Map.of())) {
      StoreException failure = Failures.of(() -> store.list(ObjectPrefix.ALL, ListCursor.START));
      assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
      assertThat(failure).hasMessageContainingAll("\"" + LOGIN + "\" is not trusted", "ca-file");
    }
  }

  @Test
  void aProxysRefusalOfTheLoginIsToldAsTheProxys() throws Exception {
    try (RawServer server =
            new RawServer(NetworkTest::answer, OwnAuthority.get().context());
        ForwardProxy proxy = new ForwardProxy(server.uri()).refusing(407);
        ObjectStore store = ofApplication(proxy, server.uri(), Map.of())) {
      StoreException failure = Failures.of(() -> store.list(ObjectPrefix.ALL, ListCursor.START));
      assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(failure)
          .hasMessageContaining(
              proxy.address() + " (from HTTPS_PROXY) refused to connect to " + LOGIN + ":443");
    }
  }

  /** The setting endpoint does not decide that host. */
  @Test
  void whatDecidesTheHostOfTheLoginIsNamed() throws Exception {
    try (RawServer server =
            new RawServer(NetworkTest::answer, OwnAuthority.get().context());
        ForwardProxy proxy = new ForwardProxy(server.uri()).refusing(503);
        ObjectStore store = ofApplication(proxy, server.uri(), Map.of())) {
      StoreException failure = Failures.of(() -> store.list(ObjectPrefix.ALL, ListCursor.START));
      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure)
          .hasMessageContaining("HTTP 503); check AZURE_AUTHORITY_HOST, or list")
          .hasMessageNotContaining("endpoint");
    }
  }
}
