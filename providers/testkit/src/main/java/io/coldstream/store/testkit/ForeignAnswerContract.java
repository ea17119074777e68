package io.coldstream.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ByteRange;
import io.coldstream.store.Content;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.OwnAuthority;
import io.coldstream.store.testkit.http.RawServer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every adapter that speaks HTTP must do where it does not find the store: the host is unknown,
 * shows a certificate of somebody else, or somebody on the way answers.
 */
@Timeout(120)
interface ForeignAnswerContract extends NetworkedStore {

  @Test
  default void anUnknownHostIsNamed() throws Exception {
    try (ObjectStore store = open(Map.of(), URI.create("https://nowhere.invalid"), Map.of())) {
      StoreException failure = NetworkedStore.failure(() -> NetworkedStore.list(store));
      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure).hasMessageContainingAll("nowhere.invalid\" is not known", "endpoint");
    }
  }

  @Test
  default void anUntrustedCertificateNamesTheHostAndCaFile() throws Exception {
    try (RawServer server = server();
        ObjectStore store = open(Map.of(), server.uri(), Map.of())) {
      StoreException failure = NetworkedStore.failure(() -> NetworkedStore.list(store));
      assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
      assertThat(failure).hasMessageContainingAll("\"127.0.0.1\" is not trusted", "ca-file");
    }
  }

  @Test
  default void sslCertFileIsTrusted() throws Exception {
    Map<String, String> environment =
        Map.of("SSL_CERT_FILE", OwnAuthority.get().certificates().toString());
    try (RawServer server = server();
        ObjectStore store = open(environment, server.uri(), Map.of())) {
      NetworkedStore.list(store);
    }
    StoreException failure = NetworkedStore.failure(() ->
        open(Map.of("SSL_CERT_FILE", "/nowhere/ca.pem"), URI.create("https://" + HOST), Map.of()));
    assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
    assertThat(failure).hasMessageContainingAll("SSL_CERT_FILE", "/nowhere/ca.pem");
  }

  @Test
  default void aRedirectNamesItsTarget() throws Exception {
    for (int status : List.of(301, 302, 307, 308)) {
      redirect(status);
    }
  }

  private void redirect(int status) throws Exception {
    Answer answer = Answer.of(status, "Location: https://other.test:8443/x?sig=secret\r\n", "");
    for (Map.Entry<String, StoreException> failure : failures(answer).entrySet()) {
      assertThat(failure.getValue().kind()).as(failure.getKey()).isEqualTo(Kind.REJECTED);
      assertThat(failure.getValue())
          .as(failure.getKey())
          .hasMessageContaining("redirects to https://other.test:8443 (HTTP " + status + ")")
          .hasMessageContaining("put it into endpoint")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  default void aBodyThatAProxyFindsTooLargeNamesItsSizeAndPartSize() throws Exception {
    StoreException failure = failures(
            Answer.of(413, "Content-Type: text/html\r\n", "<html>413 Request Entity Too Large"))
        .get("put");
    assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
    assertThat(failure)
        .hasMessageFindingMatch("127.0.0.1:\\d+ does not accept a request body of \\d+ bytes")
        .hasMessageContaining("part-size");
  }

  @Test
  default void aPageUnderTheStatusOfASuccessIsOneKindOfFailure() throws Exception {
    Answer page = Answer.of(200, "Content-Type: text/html\r\n", "<html>Log in, please</html>");
    for (Map.Entry<String, StoreException> failure : failures(page).entrySet()) {
      assertThat(failure.getValue().kind()).as(failure.getKey()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure.getValue())
          .as(failure.getKey())
          .hasMessageFindingMatch(
              "127.0.0.1:\\d+ answered with a web page \\(HTTP 200, text/html\\)");
    }
  }

  /** Some servers of log-in pages send no type: each verb finds out by what it misses. */
  @Test
  default void aPageWithoutATypeIsTheSameKindOfFailure() throws Exception {
    Answer page = Answer.of(200, "", "<html>Log in, please</html>");
    for (Map.Entry<String, StoreException> failure : failures(page).entrySet()) {
      assertThat(failure.getValue().kind())
          .as("%s: %s", failure.getKey(), failure.getValue())
          .isEqualTo(Kind.UNAVAILABLE);
    }
  }

  /** What the verbs fail with where every answer is the same, by their names. */
  private Map<String, StoreException> failures(Answer answer) throws Exception {
    Map<String, StoreException> failures = new TreeMap<>();
    try (RawServer server = new RawServer(line -> answer);
        ObjectStore store = open(Map.of(), server.uri(), Map.of())) {
      failures.put("list", NetworkedStore.failure(() -> NetworkedStore.list(store)));
      failures.put("stat", NetworkedStore.failure(() -> store.stat(NAME)));
      failures.put("delete", NetworkedStore.failure(() -> store.delete(List.of(NAME))));
      failures.put(
          "read",
          NetworkedStore.failure(
              () -> store.read(NAME, ByteRange.WHOLE, Optional.empty()).stream().close()));
      failures.put(
          "read of a range",
          NetworkedStore.failure(() ->
              store.read(NAME, ByteRange.of(2, 4), Optional.empty()).stream().close()));
      failures.put(
          "put",
          NetworkedStore.failure(() ->
              store.put(new PutRequest(NAME, Content.of(new byte[1_000]), Placement.STANDARD))));
    }
    return failures;
  }
}
