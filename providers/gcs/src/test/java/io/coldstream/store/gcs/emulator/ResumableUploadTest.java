package io.coldstream.store.gcs.emulator;

import static io.coldstream.store.gcs.emulator.TestClient.bytes;
import static io.coldstream.store.gcs.emulator.TestClient.header;
import static io.coldstream.store.gcs.emulator.TestClient.json;
import static io.coldstream.store.gcs.emulator.TestClient.reason;
import static io.coldstream.store.gcs.emulator.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol of resumable uploads. */
@Timeout(60)
class ResumableUploadTest extends ServedBucket {

  private static final int UNIT = 256 << 10;
  private static final byte[] WHOLE = bytes(2 * UNIT + 1000);
  private static final String OBJECT = "/storage/v1/b/b/o/x";

  @Test
  void anUploadTakesPartAfterPart() throws Exception {
    String session = client.start("x", "{\"contentType\":\"a/b\",\"metadata\":{\"k\":\"v\"}}");
    assertThat(session)
        .startsWith(server.url() + "/upload/storage/v1/b/b/o?")
        .contains("upload_id=");

    HttpResponse<byte[]> first =
        client.put(session, "bytes 0-262143/*", Arrays.copyOf(WHOLE, UNIT));
    assertThat(first.statusCode()).isEqualTo(308);
    assertThat(header(first, "Range")).isEqualTo("bytes=0-262143");
    HttpResponse<byte[]> second = client.put(
        session, "bytes 262144-524287/" + WHOLE.length, Arrays.copyOfRange(WHOLE, UNIT, 2 * UNIT));
    assertThat(second.statusCode()).isEqualTo(308);
    assertThat(header(second, "Range")).isEqualTo("bytes=0-524287");
    assertThat(client.get(OBJECT).statusCode()).as("nothing is visible").isEqualTo(404);
    assertThat(server.openSessions()).isEqualTo(1);

    HttpResponse<byte[]> last = client.put(
        session,
        "bytes 524288-" + (WHOLE.length - 1) + "/" + WHOLE.length,
        Arrays.copyOfRange(WHOLE, 2 * UNIT, WHOLE.length));
    assertThat(last.statusCode()).isEqualTo(200);
    assertThat(json(last).path("name").asText()).isEqualTo("x");
    assertThat(json(last).path("size").asText()).isEqualTo("" + WHOLE.length);
    assertThat(json(last).path("contentType").asText()).isEqualTo("a/b");
    assertThat(json(last).path("metadata").path("k").asText()).isEqualTo("v");
    assertThat(stored()).isEqualTo(WHOLE);
    assertThat(server.openSessions()).isZero();
  }

  @Test
  void anUploadTakesTheWholeContentInOneBody() throws Exception {
    String ranged = client.start("x", "");
    assertThat(client.put(ranged, "bytes 0-9/10", bytes(10)).statusCode()).isEqualTo(200);
    String plain = client.start("x", "");
    assertThat(client.send("PUT", plain, bytes(300_000)).statusCode()).isEqualTo(200);
    assertThat(stored()).isEqualTo(bytes(300_000));
  }

  @Test
  void anUploadReportsHowManyBytesItHas() throws Exception {
    String session = client.start("x", "");
    HttpResponse<byte[]> nothing = client.put(session, "bytes */*", new byte[0]);
    assertThat(nothing.statusCode()).isEqualTo(308);
    assertThat(nothing.headers().firstValue("Range")).isEmpty();

    client.put(session, "bytes 0-262143/*", Arrays.copyOf(WHOLE, UNIT));
    for (String question : new String[] {"bytes */*", "bytes */100", "bytes */" + WHOLE.length}) {
      HttpResponse<byte[]> some = client.put(session, question, new byte[0]);
      assertThat(some.statusCode()).as(question).isEqualTo(308);
      assertThat(header(some, "Range")).isEqualTo("bytes=0-262143");
    }
    assertThat(client.get(OBJECT).statusCode()).as("a question ends nothing").isEqualTo(404);

    rest(session, UNIT);
    for (String question : new String[] {"bytes */*", "bytes */" + WHOLE.length}) {
      HttpResponse<byte[]> done = client.put(session, question, new byte[0]);
      assertThat(done.statusCode()).isEqualTo(200);
      assertThat(json(done).path("name").asText()).isEqualTo("x");
    }
  }

  @Test
  void anUploadEndsWithTheTotalWhenAllBytesAreThere() throws Exception {
    String session = client.start("x", "");
    client.put(session, "bytes 0-262143/*", Arrays.copyOf(WHOLE, UNIT));
    assertThat(client.put(session, "bytes */262144", new byte[0]).statusCode()).isEqualTo(200);
    assertThat(stored()).isEqualTo(Arrays.copyOf(WHOLE, UNIT));
    String empty = client.start("x", "");
    assertThat(client.put(empty, "bytes */0", new byte[0]).statusCode()).isEqualTo(200);
    assertThat(stored()).isEmpty();
  }

  @Test
  void theStatus308IsHiddenOnRequest() throws Exception {
    String session = client.start("x", "");
    HttpResponse<byte[]> answer = client.put(
        session, "bytes 0-262143/*", Arrays.copyOf(WHOLE, UNIT), "X-GUploader-No-308", "yes");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "X-Http-Status-Code-Override")).isEqualTo("308");
    assertThat(header(answer, "Range")).isEqualTo("bytes=0-262143");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes 0-99/*", "bytes 0-99/200", "bytes 0-262143/*", "bytes 9-0/*", "x"})
  void partsOfAWrongSizeAreRefused(String range) throws Exception {
    String session = client.start("x", "");
    assertThat(client.put(session, range, bytes(100)).statusCode()).isEqualTo(400);
    HttpResponse<byte[]> after = client.put(session, "bytes */*", new byte[0]);
    assertThat(after.statusCode()).isEqualTo(308);
    assertThat(after.headers().firstValue("Range")).isEmpty();
  }

  @Test
  void repeatedBytesAreIgnoredAndGapsRefused() throws Exception {
    String session = client.start("x", "");
    client.put(session, "bytes 0-262143/*", Arrays.copyOf(WHOLE, UNIT));
    HttpResponse<byte[]> ahead = client.put(session, "bytes 524288-786431/*", new byte[UNIT]);
    assertThat(ahead.statusCode()).isEqualTo(503);
    assertThat(header(ahead, "Content-Type")).startsWith("text/plain");
    assertThat(text(ahead)).contains("Content-Range").contains("524288").contains("262144");

    byte[] other = WHOLE.clone();
    Arrays.fill(other, 0, UNIT, (byte) 7);
    HttpResponse<byte[]> over =
        client.put(session, "bytes 0-524287/*", Arrays.copyOf(other, 2 * UNIT));
    assertThat(header(over, "Range")).isEqualTo("bytes=0-524287");
    rest(session, 2 * UNIT);
    assertThat(stored()).as("the first bytes stay").isEqualTo(WHOLE);
  }

  @Test
  void theWholeUnitsOfABrokenPartAreKept() throws Exception {
    String session = client.start("x", "");
    URI uri = URI.create(session);
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(("PUT " + uri.getRawPath() + "?" + uri.getRawQuery()
              + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + WHOLE.length
              + "\r\nContent-Range: bytes 0-" + (WHOLE.length - 1) + "/" + WHOLE.length
              + "\r\n\r\n")
          .getBytes(StandardCharsets.US_ASCII));
      out.write(WHOLE, 0, UNIT + 5000);
      out.flush();
      socket.shutdownOutput();
      assertThat(socket.getInputStream().read()).as("no answer").isEqualTo(-1);
    }
    HttpResponse<byte[]> status = client.put(session, "bytes */*", new byte[0]);
    assertThat(header(status, "Range")).isEqualTo("bytes=0-262143");
    rest(session, UNIT);
    assertThat(stored()).isEqualTo(WHOLE);
  }

  @Test
  void aFaultMayKeepFewerBytes() throws Exception {
    server.faults().add(FaultPlan.When.request("PUT", "/upload/"), Faults.keepOnly(UNIT + 5000));
    String session = client.start("x", "");
    HttpResponse<byte[]> part =
        client.put(session, "bytes 0-" + (WHOLE.length - 1) + "/" + WHOLE.length, WHOLE);
    assertThat(part.statusCode()).isEqualTo(308);
    assertThat(header(part, "Range")).isEqualTo("bytes=0-262143");
    rest(session, UNIT);
    assertThat(stored()).isEqualTo(WHOLE);
  }

  @Test
  void aCancelledOrExpiredSessionIsGone() throws Exception {
    String session = client.start("x", "");
    client.put(session, "bytes 0-262143/*", Arrays.copyOf(WHOLE, UNIT));
    assertThat(client.delete(session).statusCode()).isEqualTo(499);
    assertThat(client.put(session, "bytes */*", new byte[0]).statusCode()).isEqualTo(410);
    assertThat(client.put(session, "bytes 0-9/10", bytes(10)).statusCode()).isEqualTo(410);

    String old = client.start("x", "");
    server.expireSessions();
    assertThat(client.put(old, "bytes 0-9/10", bytes(10)).statusCode()).isEqualTo(410);
    String unknown = old.replaceAll("upload_id=.*", "upload_id=unknown");
    assertThat(client.put(unknown, "bytes */*", new byte[0]).statusCode()).isEqualTo(404);
    assertThat(client.get(OBJECT).statusCode()).isEqualTo(404);
  }

  @Test
  void theDigestOfTheLastRequestIsCompared() throws Exception {
    String wrong = client.start("x", "");
    HttpResponse<byte[]> refused =
        client.put(wrong, "bytes 0-9/10", bytes(10), "X-Goog-Hash", "crc32c=AAAAAA==");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(text(refused)).contains("CRC32C");
    assertThat(client.get(OBJECT).statusCode()).isEqualTo(404);
    assertThat(client.put(wrong, "bytes */*", new byte[0]).statusCode()).isEqualTo(410);

    String right = client.start("x", "");
    Digests digests = new Digests();
    digests.update(bytes(10), 10);
    Digests.Values values = digests.values();
    HttpResponse<byte[]> made = client.put(
        right,
        "bytes 0-9/10",
        bytes(10),
        "X-Goog-Hash",
        "crc32c=" + values.crc32c() + ",md5=" + values.md5());
    assertThat(made.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"crc32c\":\"AAAAAA==\"}", "{\"md5Hash\":\"1B2M2Y8AsgTpgAmY7PhCfg==\"}"})
  void theDigestsOfTheMetadataAreCompared(String metadata) throws Exception {
    String session = client.start("x", metadata);
    assertThat(client.put(session, "bytes 0-9/10", bytes(10)).statusCode()).isEqualTo(400);
    assertThat(client.get(OBJECT).statusCode()).isEqualTo(404);
  }

  @Test
  void theAnnouncedLengthIsCompared() throws Exception {
    String session = client.start("x", "", "X-Upload-Content-Length", "11");
    assertThat(client.put(session, "bytes 0-9/10", bytes(10)).statusCode()).isEqualTo(400);
  }

  @Test
  void conditionsAreCheckedAtTheStartAndAtTheEnd() throws Exception {
    String early = client.start("x&ifGenerationMatch=0", "");
    String late = client.start("x&ifGenerationMatch=0", "");
    assertThat(client.put(late, "bytes 0-9/10", bytes(10)).statusCode()).isEqualTo(200);
    HttpResponse<byte[]> refused = client.put(early, "bytes 0-19/20", bytes(20));
    assertThat(refused.statusCode()).isEqualTo(412);
    assertThat(reason(refused)).isEqualTo("conditionNotMet");
    assertThat(stored()).isEqualTo(bytes(10));
    assertThatThrownBy(() -> client.start("x&ifGenerationMatch=0", "")).hasMessageContaining("412");
  }

  @Test
  void oneOfManyWritersCreatesTheObject() throws Exception {
    int senders = 8;
    String[] sessions = new String[senders];
    for (int i = 0; i < senders; i++) {
      sessions[i] = client.start("x&ifGenerationMatch=0", "");
    }
    long won = Arrays.stream(sessions)
        .parallel()
        .filter(session -> {
          try {
            return client.put(session, "bytes 0-9/10", bytes(10)).statusCode() == 200;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        })
        .count();
    assertThat(won).isEqualTo(1);
  }

  @Test
  void contentIsKeptInFilesToo(@TempDir Path folder) throws Exception {
    try (GcsServer onDisk = GcsServer.inFolder(folder)) {
      onDisk.createBucket("b");
      TestClient there = new TestClient(onDisk);
      String session = there.start("x", "");
      assertThat(there
              .put(session, "bytes 0-524287/*", Arrays.copyOf(WHOLE, 2 * UNIT))
              .statusCode())
          .isEqualTo(308);
      there.put(
          session,
          "bytes 524288-" + (WHOLE.length - 1) + "/" + WHOLE.length,
          Arrays.copyOfRange(WHOLE, 2 * UNIT, WHOLE.length));
      assertThat(there.get(OBJECT + "?alt=media").body()).isEqualTo(WHOLE);
      assertThat(
              there.get(OBJECT + "?alt=media", "Range", "bytes=262140-262150").body())
          .isEqualTo(Arrays.copyOfRange(WHOLE, 262140, 262151));
    }
    assertThat(folder).isEmptyDirectory();
  }

  private byte[] stored() throws IOException {
    return client.get("/download/storage/v1/b/b/o/x?alt=media").body();
  }

  private void rest(String session, int from) throws IOException {
    HttpResponse<byte[]> last = client.put(
        session,
        "bytes " + from + "-" + (WHOLE.length - 1) + "/" + WHOLE.length,
        Arrays.copyOfRange(WHOLE, from, WHOLE.length));
    assertThat(last.statusCode()).isEqualTo(200);
  }
}
