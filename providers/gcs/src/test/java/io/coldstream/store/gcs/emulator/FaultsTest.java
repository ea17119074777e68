package io.coldstream.store.gcs.emulator;

import static io.coldstream.store.gcs.emulator.TestClient.bytes;
import static io.coldstream.store.gcs.emulator.TestClient.header;
import static io.coldstream.store.gcs.emulator.TestClient.json;
import static io.coldstream.store.gcs.emulator.TestClient.reason;
import static io.coldstream.store.gcs.emulator.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.store.gcs.emulator.FaultPlan.When;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a test can tell the server to do to a request, and the log of them. */
@Timeout(60)
class FaultsTest extends ServedBucket {

  private static final String OBJECT = "/storage/v1/b/b/o/x";
  private static final String MEDIA = "/download/storage/v1/b/b/o/x?alt=media";

  @Test
  void onlyTheMatchingRequestsAreRefused() throws Exception {
    server
        .faults()
        .add(
            When.request("GET", "/o/x").from(2).times(2),
            Faults.answer(Answer.error(503, "backendError", "no").with("Retry-After", "7")));
    client.store("x", "1");
    assertThat(client.get(OBJECT).statusCode()).isEqualTo(200);
    HttpResponse<byte[]> refused = client.get(OBJECT);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(reason(refused)).isEqualTo("backendError");
    assertThat(header(refused, "Retry-After")).isEqualTo("7");
    assertThat(client.get(OBJECT).statusCode()).isEqualTo(503);
    assertThat(client.get(OBJECT).statusCode()).isEqualTo(200);
  }

  @Test
  void requestsAreMatchedByTheirQuery() throws Exception {
    server
        .faults()
        .add(When.request("GET", "/o/x").having("alt").always(), Faults.refuse(429, "rate"));
    client.store("x", "1");
    assertThat(client.get(OBJECT).statusCode()).isEqualTo(200);
    assertThat(client.get(MEDIA).statusCode()).isEqualTo(429);
    assertThat(client.get(MEDIA).statusCode()).isEqualTo(429);
    server.faults().clear();
    assertThat(client.get(MEDIA).statusCode()).isEqualTo(200);
  }

  @Test
  void aFaultHappensBeforeOrAfterTheEffect() throws Exception {
    server.faults().add(When.request("POST", "/upload/"), Faults.refuse(500, "backendError"));
    assertThat(client.store("x", "1").statusCode()).isEqualTo(500);
    assertThat(client.get(OBJECT).statusCode()).isEqualTo(404);

    server
        .faults()
        .add(
            When.request("POST", "/upload/"),
            Faults.answerAfter(Answer.error(500, "backendError", "no")));
    assertThat(client.store("x", "1").statusCode()).isEqualTo(500);
    assertThat(client.get(OBJECT).statusCode()).isEqualTo(200);
  }

  @Test
  void aConnectionIsClosedBeforeOrAfterTheEffect() throws Exception {
    String session = client.start("x", "");
    server.faults().add(When.request("PUT", "/upload/"), Faults.drop());
    assertThatThrownBy(() -> client.put(session, "bytes 0-9/10", bytes(10)))
        .isInstanceOf(IOException.class);
    assertThat(client.put(session, "bytes */*", new byte[0]).statusCode()).isEqualTo(308);

    server.faults().add(When.request("PUT", "/upload/"), Faults.loseAnswer());
    assertThatThrownBy(() -> client.put(session, "bytes 0-9/10", bytes(10)))
        .isInstanceOf(IOException.class);
    assertThat(client.put(session, "bytes */*", new byte[0]).statusCode()).isEqualTo(200);
    assertThat(server.log().entries().get(1).status()).isZero();
  }

  @Test
  void aFaultAnswers200WithAnError() throws Exception {
    Answer error = Answer.error(503, "backendError", "no");
    server
        .faults()
        .add(
            When.request("GET", "/o/x"),
            Faults.answer(new Answer(200, error.headers(), error.body())));
    client.store("x", "1");
    HttpResponse<byte[]> odd = client.get(OBJECT);
    assertThat(odd.statusCode()).isEqualTo(200);
    assertThat(json(odd).path("error").path("code").asInt()).isEqualTo(503);
  }

  @Test
  void aRequestIsCut() throws Exception {
    server.faults().add(When.request("PUT", "/upload/"), Faults.cutRequest(300_000));
    String session = client.start("x", "");
    byte[] body = bytes(8 << 20);
    assertThatThrownBy(() -> client.put(session, "bytes 0-8388607/8388608", body))
        .isInstanceOf(IOException.class);
    assertThat(header(client.put(session, "bytes */*", new byte[0]), "Range"))
        .isEqualTo("bytes=0-262143");
    assertThat(client.get(OBJECT).statusCode()).isEqualTo(404);
  }

  @Test
  void anAnswerIsCut() throws Exception {
    byte[] body = bytes(1 << 20);
    client.store("x", body);
    server.faults().add(When.request("GET", "/o/x"), Faults.cutAnswer(1000));
    assertThatThrownBy(() -> client.get(MEDIA)).isInstanceOf(IOException.class);
    server.faults().add(When.request("GET", "/o/x"), Faults.shortenAnswer(1000));
    HttpResponse<byte[]> shorter = client.get(MEDIA);
    assertThat(shorter.statusCode()).isEqualTo(200);
    assertThat(shorter.headers().firstValue("Content-Length")).isEmpty();
    assertThat(shorter.body()).isEqualTo(Arrays.copyOf(body, 1000));
    assertThat(client.get(MEDIA).body()).isEqualTo(body);
  }

  @Test
  void anAnswerWaitsForATest() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    server.faults().add(When.request("GET", "/o/x"), Faults.before(() -> {
      arrived.countDown();
      go.await();
    }));
    CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(() -> status(OBJECT));
    arrived.await();
    assertThat(client.store("x", "1").statusCode()).as("others are served").isEqualTo(200);
    assertThat(answer).isNotDone();
    go.countDown();
    assertThat(answer.get()).isEqualTo(200);
  }

  @Test
  void anActionRunsBetweenEffectAndAnswer() throws Exception {
    client.store("x", "1");
    AtomicInteger seen = new AtomicInteger();
    server
        .faults()
        .add(When.request("DELETE", "/o/x"), Faults.after(() -> seen.set(status(OBJECT))));
    assertThat(client.delete(OBJECT).statusCode()).isEqualTo(204);
    assertThat(seen).hasValue(404);
  }

  @Test
  void requestsAndAnswersAreSlowed() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    AtomicInteger writes = new AtomicInteger();
    byte[] body = bytes(1 << 20);
    server
        .faults()
        .add(When.request("POST", "/upload/"), Faults.slowRequest(reads::incrementAndGet));
    server.faults().add(When.request("GET", "/o/x"), Faults.slowAnswer(writes::incrementAndGet));
    client.store("x", body);
    assertThat(client.get(MEDIA).body()).isEqualTo(body);
    assertThat(reads.get()).isGreaterThan(4);
    assertThat(writes).hasValue(16);
  }

  @Test
  void theLogOmitsTheSecretOfASession() throws Exception {
    String session = client.start("x&ifGenerationMatch=0", "");
    client.put(session, "bytes 0-9/10", bytes(10));
    client.get("/storage/v1/b/b/o?prefix=a%2Fb");
    assertThat(server.log().count("POST", "/upload/")).isEqualTo(1);
    assertThat(server.log().count("PUT", "/upload/")).isEqualTo(1);
    assertThat(server.log().entries().toString()).doesNotContain("upload_id");
    RequestLog.Entry list = server.log().entries().get(2);
    assertThat(list.method()).isEqualTo("GET");
    assertThat(list.path()).isEqualTo("/storage/v1/b/b/o");
    assertThat(list.query("prefix")).contains("a/b");
    assertThat(list.status()).isEqualTo(200);
    server.log().clear();
    assertThat(server.log().entries()).isEmpty();
  }

  @Test
  void theClockCanBeWrong() throws Exception {
    try (GcsServer late = GcsServer.skewed(Duration.ofHours(-5))) {
      late.createBucket("b");
      String made =
          json(new TestClient(late).store("x", "1")).path("timeCreated").asText();
      assertThat(Duration.between(Instant.parse(made), Instant.now()))
          .isBetween(Duration.ofHours(5), Duration.ofMinutes(305));
    }
  }

  @Test
  void theServerRunsInItsOwnProcess() throws Exception {
    try (GcsServerProcess process = GcsServerProcess.start("64m", Optional.empty())) {
      TestClient there = new TestClient(process.url());
      assertThat(there.send("POST", "/storage/v1/b", "{\"name\":\"b\"}").statusCode())
          .isEqualTo(200);
      there.store("x", "1");
      assertThat(text(there.get(MEDIA))).isEqualTo("1");
    }
  }

  private int status(String path) {
    try {
      return client.get(path).statusCode();
    } catch (IOException e) {
      return -1;
    }
  }
}
