package io.coldstream.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.spi.PartMemory;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.testkit.http.ForwardProxy;
import io.coldstream.store.testkit.http.OwnAuthority;
import io.coldstream.store.testkit.http.RawServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every adapter that speaks HTTP must do with the proxies of a network. */
@Timeout(120)
interface ProxyContract extends NetworkedStore {

  private ObjectStore trusting(Map<String, String> environment, URI endpoint)
      throws StoreException {
    return open(
        environment,
        endpoint,
        Map.of("ca-file", OwnAuthority.get().certificates().toString()));
  }

  private static URI hidden(URI server) {
    return URI.create("https://" + HOST + ":" + server.getPort());
  }

  @Test
  default void aStoreIsReachedThroughTheProxyThatAVariableNames() throws Exception {
    for (String variable : List.of("HTTPS_PROXY", "https_proxy", "ALL_PROXY")) {
      try (RawServer server = server();
          ForwardProxy proxy = new ForwardProxy(server.uri());
          ObjectStore store =
              trusting(Map.of(variable, "http://" + proxy.address()), hidden(server.uri()))) {
        NetworkedStore.list(store);
        assertThat(proxy.requests())
            .containsOnly("CONNECT " + HOST + ":" + server.uri().getPort() + " HTTP/1.1");
      }
    }
  }

  @Test
  default void aTunnelIsUsedAgain() throws Exception {
    try (RawServer server = server();
        ForwardProxy proxy = new ForwardProxy(server.uri());
        ObjectStore store = trusting(
            Map.of("HTTPS_PROXY", "http://use:p%40ss%3Aword@" + proxy.address()),
            hidden(server.uri()))) {
      server.keepConnections();
      for (int i = 0; i < 20; i++) {
        NetworkedStore.list(store);
      }
      // A client may not have its connection back at once when it has the whole answer.
      assertThat(proxy.requests()).hasSizeBetween(1, 10);
    }
  }

  @Test
  default void aStoreWithoutTlsIsReachedThroughTheProxyForHttp() throws Exception {
    try (RawServer server = new RawServer(line -> emptyListing());
        ForwardProxy proxy = new ForwardProxy(server.uri());
        ObjectStore store = open(
            Map.of("HTTP_PROXY", "http://" + proxy.address(), "HTTPS_PROXY", "http://127.0.0.1:1"),
            server.uri(),
            Map.of())) {
      NetworkedStore.list(store);
      assertThat(proxy.requests()).isNotEmpty();
    }
  }

  @Test
  default void aHostInNoProxyIsReachedDirectly() throws Exception {
    for (String list : List.of("127.0.0.1", "other.test,127.0.0.0/8", "*")) {
      try (RawServer server = server();
          ForwardProxy proxy = new ForwardProxy(server.uri());
          ObjectStore store = trusting(
              Map.of("HTTPS_PROXY", "http://" + proxy.address(), "NO_PROXY", list), server.uri())) {
        NetworkedStore.list(store);
        assertThat(proxy.requests()).isEmpty();
      }
    }
  }

  /** The client's first request has them: the proxy need not ask. */
  @Test
  default void theProxyGetsUserAndPassword() throws Exception {
    try (RawServer server = server();
        ForwardProxy proxy = new ForwardProxy(server.uri()).wanting("Basic dXNlOnBAc3M6d29yZA==");
        ObjectStore store = trusting(
            Map.of("HTTPS_PROXY", "http://use:p%40ss%3Aword@" + proxy.address()),
            hidden(server.uri()))) {
      NetworkedStore.list(store);
      assertThat(proxy.requests()).hasSize(1);
    }
  }

  @Test
  default void aProxysRefusalIsToldAsTheProxys() throws Exception {
    refusal(407, Kind.ACCESS_DENIED);
    refusal(403, Kind.ACCESS_DENIED);
    refusal(502, Kind.UNAVAILABLE);
  }

  private void refusal(int status, Kind kind) throws Exception {
    try (RawServer server = server();
        ForwardProxy proxy = new ForwardProxy(server.uri()).refusing(status);
        ObjectStore store = trusting(
            Map.of("HTTPS_PROXY", "http://who:pa55word@" + proxy.address()),
            hidden(server.uri()))) {
      StoreException failure = NetworkedStore.failure(() -> NetworkedStore.list(store));
      assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
      assertThat(failure)
          .hasMessageContaining(
              proxy.address() + " (from HTTPS_PROXY) refused to connect to " + HOST)
          .hasMessageContaining("HTTP " + status)
          .hasMessageNotContainingAny("pa55word", "who:", "credentials");
      assertThat(proxy.requests()).hasSize(1);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  default void aProxyThatCannotBeReachedIsNamed() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    try (ObjectStore store = open(
        Map.of("HTTPS_PROXY", "http://127.0.0.1:" + port),
        URI.create("https://" + HOST),
        Map.of())) {
      StoreException failure = NetworkedStore.failure(() -> NetworkedStore.list(store));
      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure)
          .hasMessageContaining(
              "proxy 127.0.0.1:" + port + " (from HTTPS_PROXY) refused the connection");
    }
  }

  @Test
  default void aVariableThatNamesNoProxyIsRefused() {
    StoreException failure = NetworkedStore.failure(() -> open(
        Map.of("HTTPS_PROXY", "socks5://who:pa55word@127.0.0.1:1080"),
        URI.create("https://" + HOST),
        Map.of()));
    assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
    assertThat(failure).hasMessageContaining("HTTPS_PROXY").hasMessageNotContaining("pa55word");
  }

  @Test
  default void anEntryOfNoProxyThatCoversNoHostIsAWarning() throws Exception {
    List<String> warnings = new ArrayList<>();
    StoreTools tools =
        new StoreTools(Runnable::run, PartMemory.NONE, Optional.empty(), warnings::add);
    open(
            Map.of("HTTPS_PROXY", "http://127.0.0.1:1", "NO_PROXY", "a.test,http://b.test"),
            URI.create("https://" + HOST),
            Map.of(),
            tools)
        .close();
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("NO_PROXY: \"http://b.test\" covers no host and is ignored; use ");
  }
}
