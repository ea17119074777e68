package io.coldstream.store.gcs.emulator;

import static io.coldstream.store.gcs.emulator.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.gcs.emulator.FaultPlan.When;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several calls in one. */
@Timeout(60)
class BatchTest {

  private static final String OBJECTS = "/storage/v1/b/b/o/";

  private final GcsServer server = GcsServer.inMemory();
  private final TestClient client = new TestClient(server);

  @BeforeEach
  void objects() throws IOException {
    server.createBucket("b");
    client.store("x", "1");
    client.store("y", "1");
    server.log().clear();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void eachCallOfABatchIsAnswered() throws Exception {
    String body = send(
        "DELETE " + OBJECTS + "x HTTP/1.1", "DELETE " + server.url() + OBJECTS + "none HTTP/1.1");
    assertThat(body.lines().filter(line -> line.startsWith("HTTP/1.1 ")).map(String::strip))
        .containsExactly("HTTP/1.1 204", "HTTP/1.1 404");
    assertThat(body)
        .contains("<response-call+0>")
        .contains("<response-call+1>")
        .contains("notFound");
    assertThat(client.get(OBJECTS + "x").statusCode()).isEqualTo(404);
    assertThat(server.log().count("DELETE", "/o/")).isEqualTo(2);
    assertThat(server.log().count("POST", "/batch/")).isEqualTo(1);
  }

  @Test
  void oneCallOfABatchMayFail() throws Exception {
    server.faults().add(When.request("DELETE", "/o/").from(2), Faults.refuse(503, "backendError"));
    assertThat(send("DELETE " + OBJECTS + "x HTTP/1.1", "DELETE " + OBJECTS + "y HTTP/1.1"))
        .contains("HTTP/1.1 503");
    assertThat(client.get(OBJECTS + "x").statusCode()).isEqualTo(404);
    assertThat(client.get(OBJECTS + "y").statusCode()).isEqualTo(200);
  }

  @Test
  void aBatchMayHaveAHundredCalls() throws Exception {
    String[] calls = new String[101];
    Arrays.fill(calls, "DELETE " + OBJECTS + "none HTTP/1.1");
    assertThat(post(calls).statusCode()).isEqualTo(400);
    assertThat(post(Arrays.copyOf(calls, 100)).statusCode()).isEqualTo(200);
  }

  private String send(String... calls) throws IOException {
    HttpResponse<byte[]> answer = post(calls);
    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    return text(answer);
  }

  private HttpResponse<byte[]> post(String... calls) throws IOException {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < calls.length; i++) {
      body.append(
              "--mark\r\nContent-Type: application/http\r\nContent-ID: <call+" + i + ">\r\n\r\n")
          .append(calls[i])
          .append("\r\nContent-Length: 0\r\n\r\n\r\n");
    }
    return client.send(
        "POST",
        "/batch/storage/v1",
        body + "--mark--\r\n",
        "Content-Type",
        "multipart/mixed; boundary=mark");
  }
}
