package io.coldstream.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.OwnAuthority;
import io.coldstream.store.testkit.http.RawServer;
import io.coldstream.store.testkit.http.RawSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every adapter that speaks HTTP must tell where it gets no connection to the store. */
@Timeout(120)
interface ConnectionContract extends NetworkedStore {

  private String told(URI endpoint, Kind kind) throws Exception {
    try (ObjectStore store = open(Map.of(), endpoint, Map.of())) {
      StoreException failure = NetworkedStore.failure(() -> NetworkedStore.list(store));
      assertThat(failure.kind()).as("%s", failure).isEqualTo(kind);
      assertThat(failure)
          .hasMessageContaining("127.0.0.1:" + endpoint.getPort())
          .hasMessageContaining("endpoint")
          .hasMessageNotContainingAny("Exception", "java.", "apache", "netty", "not known");
      return failure.getMessage();
    }
  }

  private static ServerSocket listener() throws Exception {
    return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
  }

  @Test
  default void aRefusedConnectionIsToldWithItsPort() throws Exception {
    int port;
    try (ServerSocket free = listener()) {
      port = free.getLocalPort();
    }
    for (String scheme : new String[] {"http", "https"}) {
      assertThat(told(URI.create(scheme + "://127.0.0.1:" + port), Kind.UNAVAILABLE))
          .contains("127.0.0.1:" + port + " refuses the connection; check the setting endpoint")
          .contains("that the server runs");
    }
  }

  @Test
  default void aConnectionThatIsNotMadeInTimeIsToldAsThat() throws Exception {
    try (ServerSocket full = listener();
        FullQueue queue = FullQueue.of(full.getLocalPort())) {
      assumeTrue(queue.isFull(), "this system lets a queue be full");
      assertThat(told(URI.create("http://127.0.0.1:" + full.getLocalPort()), Kind.UNAVAILABLE))
          .contains("does not answer: the connection was not made in time");
    }
  }

  @Test
  default void aServerWithoutTlsIsToldWithTheSchemeToUse() throws Exception {
    try (RawSocket server = new RawSocket("HTTP/1.1 400 Bad Request\r\n\r\n", false)) {
      assertThat(told(URI.create("https://127.0.0.1:" + server.port()), Kind.UNAVAILABLE))
          .contains("speaks no TLS; use http:// in endpoint");
    }
  }

  /** As servers written in Go answer, MinIO for one, and those of others. */
  @Test
  default void aServerThatExpectsTlsIsToldWithTheSchemeToUse() throws Exception {
    String go = "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n";
    try (RawSocket server = new RawSocket(go, false)) {
      assertThat(told(URI.create("http://127.0.0.1:" + server.port()), Kind.REJECTED))
          .contains("use https:// in endpoint");
    }
    Answer page = Answer.of(
        400,
        "Content-Type: text/html\r\n",
        "<html>The plain HTTP request was sent to HTTPS port</html>");
    try (RawServer server = new RawServer(line -> page)) {
      assertThat(told(server.uri(), Kind.REJECTED)).contains("use https:// in endpoint");
    }
  }

  @Test
  default void aHandshakeThatBreaksIsToldAsThat() throws Exception {
    for (boolean reset : new boolean[] {true, false}) {
      try (RawSocket server = new RawSocket("", reset)) {
        assertThat(told(URI.create("https://127.0.0.1:" + server.port()), Kind.UNAVAILABLE))
            .contains("the TLS handshake with 127.0.0.1:" + server.port() + " broke off");
      }
    }
  }

  /** What breaks later is no matter of the way. */
  @Test
  default void aConnectionThatBreaksAfterTheHandshakeIsNotToldAsThat() throws Exception {
    try (RawServer server =
            new RawServer(line -> Answer.drop(), OwnAuthority.get().context());
        ObjectStore store = open(
            Map.of(),
            server.uri(),
            Map.of("ca-file", OwnAuthority.get().certificates().toString()))) {
      StoreException failure = NetworkedStore.failure(() -> NetworkedStore.list(store));
      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure).hasMessageNotContaining("handshake");
    }
  }
}
