package io.coldstream.store.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a failure on the way to a host is told as. */
class RouteTest {

  private static final Route DIRECT = Network.DIRECT.to(URI.create("https://b.s3.example"));

  private static Route proxied() throws StoreException {
    return Network.of(Map.of("HTTPS_PROXY", "http://u:w@proxy.example:3128"), Optional.empty())
        .to(URI.create("https://b.s3.example"));
  }

  private static HostException explained(Route way, IOException failure) {
    IOException explained = way.explained(failure);
    assertThat(explained).isInstanceOf(HostException.class);
    return (HostException) explained;
  }

  private static SSLHandshakeException handshake(Exception cause) {
    SSLHandshakeException failure = new SSLHandshakeException("failed");
    failure.initCause(cause);
    return failure;
  }

  private static Optional<HostException> unfit(Route way, int status, Map<String, String> headers) {
    return way.unfit(new AnswerHead(
        status, name -> Optional.ofNullable(headers.get(name)), OptionalLong.of(1_234)));
  }

  @Test
  void anUnknownHostIsNamed() {
    HostException failure = explained(DIRECT, new IOException(new UnknownHostException("x")));
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure)
        .hasMessageContainingAll("\"b.s3.example\" is not known", "endpoint")
        .hasMessageNotContaining("path-style");
  }

  @Test
  void anUnknownHostThatHoldsTheBucketIsForPathStyle() {
    assertThat(explained(DIRECT.withBucket("b"), new UnknownHostException("x")))
        .hasMessageContainingAll("\"b.s3.example\" is not known", "\"b\"", "path-style=true");
    assertThat(explained(DIRECT.withBucket("other"), new UnknownHostException("x")))
        .hasMessageNotContaining("path-style");
  }

  @Test
  void aCertificateThatIsNotTrustedNamesTheHostAndCaFile() {
    HostException failure = explained(DIRECT, handshake(new CertificateException("no path")));
    assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
    assertThat(failure).hasMessageContainingAll("\"b.s3.example\" is not trusted", "ca-file");
  }

  @Test
  void aCertificateForAnotherNameIsNotAMatterOfTrust() {
    for (IOException failure : new IOException[] {
      handshake(new CertificateException("No subject alternative DNS name matching b found.")),
      new SSLPeerUnverifiedException("Certificate for <b> doesn't match any of the names")
    }) {
      assertThat(explained(DIRECT.withBucket("b"), failure))
          .hasMessageContainingAll("for other names", "path-style=true")
          .hasMessageNotContaining("ca-file");
    }
  }

  @Test
  void aCertificateThatHasExpiredIsToldAsThat() {
    CertificateException outer = new CertificateException("PKIX");
    outer.initCause(
        new CertPathValidatorException("validity", new CertificateExpiredException("then")));
    assertThat(explained(DIRECT, handshake(outer)))
        .hasMessageContainingAll("\"b.s3.example\" has expired", "renewed");
  }

  @Test
  void aProxyThatCannotBeReachedIsToldAsTheProxys() throws StoreException {
    for (IOException failure :
        new IOException[] {new ConnectException("refused"), new ConnectTimeout()}) {
      HostException told = explained(proxied(), failure);
      assertThat(told.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(told).hasMessageContaining("proxy ***@proxy.example:3128 (from HTTPS_PROXY)");
    }
    assertThat(explained(proxied(), new UnknownHostException("x")))
        .hasMessageContainingAll("host of the proxy", "proxy.example", "HTTPS_PROXY");
  }

  @Test
  void aFailureOfTheServiceItselfStaysWhatItIs() throws StoreException {
    for (IOException failure : new IOException[] {
      new SocketTimeoutException("read"),
      new SocketException("Connection reset"),
      new SSLException("Tag mismatch")
    }) {
      assertThat(proxied().explained(failure)).isSameAs(failure);
      assertThat(DIRECT.explained(failure)).isSameAs(failure);
    }
  }

  /** By Java's words, and by those of the libraries. */
  @Test
  void aHostThatCannotBeReachedIsToldWithItsPortAndWhatToCheck() {
    assertUnreachable(new ConnectException("Connection refused"), "refuses the connection");
    assertUnreachable(
        new ConnectException("finishConnect(..) failed with error(-111)"),
        "refuses the connection");
    assertUnreachable(new NoRouteToHostException("null: /192.0.2.1"), "no route to host");
    assertUnreachable(new ConnectException("Network is unreachable"), "Network is unreachable");
    assertUnreachable(
        new ConnectException("connection timed out after 10000 ms"), "does not answer");
    assertUnreachable(new ConnectTimeout(), "does not answer");
    assertUnreachable(
        new SSLException("Unsupported or unrecognized SSL message"), "use http:// in endpoint");
    assertUnreachable(
        new SSLException("Unrecognized SSL message, plaintext connection?"),
        "use http:// in endpoint");
    assertUnreachable(
        new SSLHandshakeException("Received fatal alert: protocol_version"), "protocol_version");
  }

  private static void assertUnreachable(IOException failure, String said) {
    HostException told = explained(DIRECT, new IOException(failure));
    assertThat(told.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(told).hasMessageContainingAll("b.s3.example:443", said, "endpoint");
  }

  @Test
  void anotherDeciderOfTheHostIsNamedInsteadOfEndpoint() throws StoreException {
    Route tokens = DIRECT.decidedBy("token_uri");
    HostException[] all = {
      explained(tokens, new UnknownHostException("x")),
      explained(tokens, new ConnectException("refused")),
      explained(tokens, new ConnectTimeout()),
      explained(tokens, new SSLException("Unsupported or unrecognized SSL message")),
      explained(tokens, new SSLHandshakeException("Remote host terminated the handshake")),
      explained(tokens, new SSLPeerUnverifiedException("other")),
      proxied().decidedBy("token_uri").refusedByProxy(503),
      unfit(tokens, 200, Map.of("Content-Type", "text/html")).orElseThrow(),
      unfit(tokens, 307, Map.of("Location", "https://other.example")).orElseThrow()
    };
    for (HostException told : all) {
      assertThat(told).hasMessageContaining("check token_uri").hasMessageNotContaining("endpoint");
    }
  }

  @Test
  void somethingElseThanAStoreIsNamedInEveryMessage() {
    Route node = DIRECT.to(new Peer(
        "node", "the setting node", "the setting node", Optional.of("node"), "the variable X_CA"));
    HostException[] all = {
      explained(node, new UnknownHostException("x")),
      explained(node, new ConnectException("refused")),
      explained(node, new SSLException("Unrecognized SSL message, plaintext connection?")),
      explained(node, new SSLPeerUnverifiedException("other")),
      unfit(node, 200, Map.of("Content-Type", "text/html")).orElseThrow(),
      unfit(node, 307, Map.of("Location", "https://other.example")).orElseThrow()
    };
    for (HostException told : all) {
      assertThat(told)
          .hasMessageContaining("node")
          .hasMessageNotContaining("endpoint")
          .hasMessageNotContaining("store's")
          .hasMessageNotContaining("PROXY");
    }
    assertThat(explained(node, handshake(new CertificateException("no path"))))
        .hasMessageContaining(
            "is not trusted; name its issuer's certificates with the variable X_CA");
  }

  @ParameterizedTest
  @CsvSource({
    "407, ACCESS_DENIED, user",
    "403, ACCESS_DENIED, NO_PROXY",
    "502, UNAVAILABLE, endpoint"
  })
  void aProxysRefusalIsToldAsTheProxys(int status, Kind kind, String advice) throws StoreException {
    HostException failure = proxied().refusedByProxy(status);
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure)
        .hasMessageContainingAll(
            "proxy.example:3128 (from HTTPS_PROXY) refused to connect to b.s3.example:443",
            "HTTP " + status,
            advice);
  }

  @Test
  void aProxyThatDoesNotFindAHostWithTheBucketIsForPathStyle() throws StoreException {
    assertThat(proxied().withBucket("b").refusedByProxy(503))
        .hasMessageContainingAll("HTTP 503", "\"b\"", "path-style=true");
  }

  @ParameterizedTest
  @CsvSource({
    "301, https://other.example:8443/a?token=secret, https://other.example:8443",
    "302, http://b.other.example/,                   http://other.example",
    "307, https://other.example,                     https://other.example",
    "308, https://other.example,                     https://other.example",
  })
  void aRedirectNamesItsTargetAndNothingElseOfIt(int status, String location, String target) {
    HostException failure =
        unfit(DIRECT.withBucket("b"), status, Map.of("Location", location)).orElseThrow();
    assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
    assertThat(failure)
        .hasMessageContaining("redirects to " + target + " (HTTP " + status + ")")
        .hasMessageContaining("put it into endpoint")
        .hasMessageNotContaining("secret");
  }

  @Test
  void whatNamesNoOtherPlaceIsNoRedirect() {
    assertThat(unfit(DIRECT, 308, Map.of("Range", "bytes=0-1"))).isEmpty();
    assertThat(unfit(DIRECT, 301, Map.of("Location", "/here"))).isEmpty();
    assertThat(unfit(DIRECT, 301, Map.of("Location", "https://b.s3.example:443/x")))
        .isEmpty();
    assertThat(unfit(
            DIRECT, 301, Map.of("Location", "https://o/", "x-amz-bucket-region", "eu-west-3")))
        .isEmpty();
  }

  @Test
  void aBodyThatIsTooLargeNamesItsSizeAndPartSize() {
    HostException failure = unfit(DIRECT, 413, Map.of()).orElseThrow();
    assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
    assertThat(failure).hasMessageContainingAll("b.s3.example", "1234 bytes", "part-size");
  }

  @Test
  void aPageUnderTheStatusOfASuccessIsNotTheStores() {
    HostException failure =
        unfit(DIRECT, 200, Map.of("Content-Type", "text/html; charset=utf-8")).orElseThrow();
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessageContainingAll("b.s3.example:443", "web page", "endpoint");
    // Google's answers without a body have this type.
    assertThat(unfit(DIRECT, 200, Map.of("Content-Type", "text/html", "Content-Length", "0")))
        .isEmpty();
    assertThat(unfit(DIRECT, 204, Map.of("Content-Type", "text/html"))).isEmpty();
    assertThat(unfit(DIRECT, 403, Map.of("Content-Type", "text/html"))).isEmpty();
  }

  /** As a library has one for connecting alone. */
  private static final class ConnectTimeout extends SocketTimeoutException {
    private static final long serialVersionUID = 1L;
  }
}
