package io.coldstream.store.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes through, and what breaks; with a client that does not try again. */
@Timeout(60)
class BreakingProxyTest {

  private static final byte[] BODY = new byte[300_000];

  private final AtomicInteger effects = new AtomicInteger();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private RawServer server() throws IOException {
    return new RawServer(line -> {
      effects.incrementAndGet();
      return Answer.of(200, "", "done");
    });
  }

  private HttpResponse<String> post(URI at, String path, BodyPublisher body) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(at.resolve(path)).POST(body).build();
    return client.send(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> post(BreakingProxy proxy, String path) throws Exception {
    return post(proxy.uri(), path, BodyPublishers.ofByteArray(BODY));
  }

  private void breaks(BreakingProxy proxy, String path) {
    assertThatThrownBy(() -> post(proxy, path)).isInstanceOf(IOException.class);
  }

  @Test
  void otherRequestsPassTheProxy() throws Exception {
    try (RawServer server = server();
        BreakingProxy proxy = new BreakingProxy(server.uri(), Break.at("/b"))) {
      assertThat(post(proxy, "/a").body()).isEqualTo("done");
      BodyPublisher chunked = BodyPublishers.ofInputStream(() -> InputStream.nullInputStream());
      assertThat(post(proxy.uri(), "/chunked", chunked).body()).isEqualTo("done");
      assertThat(proxy.requests()).containsExactly("POST /a HTTP/1.1", "POST /chunked HTTP/1.1");
      assertThat(server.requests()).isEqualTo(proxy.requests());
    }
  }

  @Test
  void aBreakBeforeTheRequestHappensOnce() throws Exception {
    try (RawServer server = server();
        BreakingProxy proxy = new BreakingProxy(server.uri(), Break.at("/a").resetting())) {
      breaks(proxy, "/a");
      assertThat(server.requests()).isEmpty();
      assertThat(post(proxy, "/a").body()).isEqualTo("done");
    }
  }

  @Test
  void aRequestBreaksInItsBody() throws Exception {
    try (RawServer server = server();
        BreakingProxy proxy =
            new BreakingProxy(server.uri(), Break.at("/a").afterRequestBytes(200_000))) {
      breaks(proxy, "/a");
      assertThat(post(proxy, "/a").body()).isEqualTo("done");
      assertThat(effects).hasValue(1);
    }
  }

  @Test
  void aResponseIsLostAfterTheEffect() throws Exception {
    try (RawServer server = server();
        BreakingProxy proxy = new BreakingProxy(
            server.uri(), Break.at("/a").losingTheResponse(), Break.at("/b").losingTheResponse())) {
      breaks(proxy, "/a");
      assertThat(effects).hasValue(1);
      assertThatThrownBy(() -> post(proxy.uri(), "/b", BodyPublishers.noBody()))
          .isInstanceOf(IOException.class);
      assertThat(effects).hasValue(2);
    }
  }

  @Test
  void aResponseBreaksInItsMiddle() throws Exception {
    int whole = Answer.of(200, "", "done").bytes().length;
    try (RawServer server = server();
        BreakingProxy proxy = new BreakingProxy(
            server.uri(),
            Break.at("/a").afterResponseBytes(whole - 1),
            Break.at("/b").afterResponseBytes(whole))) {
      breaks(proxy, "/a");
      assertThat(post(proxy, "/b").body()).isEqualTo("done");
    }
  }

  @Test
  void theProxyAnswersInsteadOfTheServer() throws Exception {
    Break busy =
        Break.at("/a").answering(Answer.of(503, "Retry-After: 1\r\n", "busy")).first(3);
    try (RawServer server = server();
        BreakingProxy proxy = new BreakingProxy(server.uri(), busy)) {
      for (int i = 0; i < 3; i++) {
        assertThat(post(proxy, "/a").statusCode()).isEqualTo(503);
      }
      assertThat(effects).hasValue(0);
      assertThat(post(proxy, "/a").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void everyNthRequestBreaks() throws Exception {
    try (RawServer server = server();
        BreakingProxy proxy = new BreakingProxy(server.uri(), Break.at("/a").every(2))) {
      for (int i = 0; i < 3; i++) {
        post(proxy, "/a");
        post(proxy, "/b");
        breaks(proxy, "/a");
      }
      assertThat(effects).hasValue(6);
    }
  }

  @Test
  void aServerThatIsNotThereEndsTheConnection() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (BreakingProxy proxy = new BreakingProxy(URI.create("http://127.0.0.1:" + port))) {
      breaks(proxy, "/a");
    }
  }
}
