package io.coldstream.store.gcs.emulator;

import static io.coldstream.store.gcs.emulator.TestClient.bytes;
import static io.coldstream.store.gcs.emulator.TestClient.header;
import static io.coldstream.store.gcs.emulator.TestClient.json;
import static io.coldstream.store.gcs.emulator.TestClient.reason;
import static io.coldstream.store.gcs.emulator.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Storing in one call, reading, patching and deleting. */
@Timeout(60)
class ObjectRoutesTest extends ServedBucket {

  private static final String OBJECT = "/storage/v1/b/b/o/x";
  private static final String MEDIA = "/download/storage/v1/b/b/o/x?alt=media";

  @Test
  void anObjectIsDescribed() throws Exception {
    HttpResponse<byte[]> made = client.store("x", "hello");
    assertThat(made.statusCode()).isEqualTo(200);
    ObjectNode json = json(client.get(OBJECT));
    assertThat(json).isEqualTo(json(made));
    assertThat(json.path("bucket").asText()).isEqualTo("b");
    assertThat(json.path("size").asText()).isEqualTo("5");
    assertThat(json.path("md5Hash").asText()).isEqualTo("XUFAKrxLKna5cZ2REBfFkg==");
    assertThat(json.path("crc32c").asText()).isEqualTo("mnG7TA==");
    assertThat(json.path("generation").asText()).matches("\\d{16}");
    assertThat(json.path("metageneration").asText()).isEqualTo("1");
    assertThat(json.path("storageClass").asText()).isEqualTo("STANDARD");
    assertThat(json.path("timeCreated").asText()).matches(".*:\\d\\d(\\.\\d{3})?Z");
    assertThat(text(client.get(json.path("mediaLink").asText()))).isEqualTo("hello");
    assertThat(json(client.get(json.path("selfLink").asText()))).isEqualTo(json);
  }

  @Test
  void contentComesWithItsDescription() throws Exception {
    ObjectNode json = json(client.store("x", "hello"));
    HttpResponse<byte[]> whole = client.get(MEDIA);
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(text(whole)).isEqualTo("hello");
    assertThat(header(whole, "X-Goog-Hash"))
        .contains("crc32c=mnG7TA==")
        .contains("md5=XUFAKrxLKna5cZ2REBfFkg==");
    assertThat(header(whole, "X-Goog-Generation"))
        .isEqualTo(json.path("generation").asText());
    assertThat(header(whole, "X-Goog-Metageneration")).isEqualTo("1");
    assertThat(header(whole, "ETag")).isEqualTo(json.path("etag").asText());
    assertThat(header(whole, "Content-Length")).isEqualTo("5");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-, 0, 999",
    "bytes=10-19, 10, 19",
    "bytes=990-2000, 990, 999",
    "bytes=-10, 990, 999",
    "bytes=-2000, 0, 999",
  })
  void aRangeOfAnObjectIsReturned(String range, int first, int last) throws Exception {
    client.store("x", bytes(1000));
    HttpResponse<byte[]> part = client.get(MEDIA, "Range", range);
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(header(part, "Content-Range")).isEqualTo("bytes " + first + "-" + last + "/1000");
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(bytes(1000), first, last + 1));
  }

  @Test
  void aRangeOutsideAnObjectIsRefused() throws Exception {
    client.store("x", bytes(1000));
    HttpResponse<byte[]> part = client.get(MEDIA, "Range", "bytes=1000-");
    assertThat(part.statusCode()).isEqualTo(416);
    assertThat(header(part, "Content-Range")).isEqualTo("bytes */1000");
    client.store("x", "");
    assertThat(client.get(MEDIA, "Range", "bytes=0-9").statusCode()).isEqualTo(416);
    assertThat(client.get(MEDIA).body()).isEmpty();
  }

  @Test
  void oddNamesAreKept() throws Exception {
    String name = "a b+c%2Fd/ü?#&=/" + "n".repeat(900);
    String escaped = URLEncoder.encode(name, StandardCharsets.UTF_8);
    assertThat(json(client.store(escaped, "1")).path("name").asText()).isEqualTo(name);
    String path = "/storage/v1/b/b/o/" + escaped.replace("+", "%20");
    assertThat(json(client.get(path)).path("name").asText()).isEqualTo(name);
    assertThat(client.get("/storage/v1/b/b/o/a%20b").statusCode()).isEqualTo(404);
    for (String bad : new String[] {"", "..", "a%0Ab", "n".repeat(1025)}) {
      assertThat(client.store(bad, "1").statusCode()).as(bad).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, false", "true, true"})
  void aMultipartBodyHoldsMetadataAndContent(boolean returns, boolean packed) throws Exception {
    String end = returns ? "\r\n" : "\n";
    byte[] content = bytes(5000);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String head = String.join(
        end,
        "--=mark=",
        "Content-Type: application/json",
        "",
        "{\"name\":\"x\",\"storageClass\":\"NEARLINE\",\"kmsKeyName\":\"k\",\"metadata\":{\"a\":\"b\"}}",
        "--=mark=",
        "Content-Type: text/odd",
        "",
        "");
    body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(content);
    body.writeBytes((end + "--=mark=--" + end).getBytes(StandardCharsets.UTF_8));
    byte[] sent = packed ? packed(body.toByteArray()) : body.toByteArray();
    HttpResponse<byte[]> made = client.send(
        "POST",
        "/upload/storage/v1/b/b/o?uploadType=multipart",
        sent,
        "Content-Type",
        "multipart/related; boundary=" + (returns ? "\"=mark=\"" : "'=mark='"),
        packed ? "Content-Encoding" : "X-None",
        "gzip");
    assertThat(made.statusCode()).as(text(made)).isEqualTo(200);
    ObjectNode json = json(client.get(OBJECT));
    assertThat(json.path("contentType").asText()).isEqualTo("text/odd");
    assertThat(json.path("storageClass").asText()).isEqualTo("NEARLINE");
    assertThat(json.path("kmsKeyName").asText()).isEqualTo("k/cryptoKeyVersions/1");
    assertThat(json.path("metadata").path("a").asText()).isEqualTo("b");
    assertThat(client.get(MEDIA).body()).isEqualTo(content);
  }

  @Test
  void conditionsAreChecked() throws Exception {
    String first =
        json(client.store("x&ifGenerationMatch=0", "1")).path("generation").asText();
    HttpResponse<byte[]> again = client.store("x&ifGenerationMatch=0", "2");
    assertThat(again.statusCode()).isEqualTo(412);
    assertThat(reason(again)).isEqualTo("conditionNotMet");
    assertThat(json(again).path("error").path("code").asInt()).isEqualTo(412);
    assertThat(client.store("x&ifGenerationMatch=7", "2").statusCode()).isEqualTo(412);
    assertThat(client.store("x&ifGenerationNotMatch=" + first, "2").statusCode())
        .isEqualTo(412);
    assertThat(client.store("x&ifMetagenerationMatch=2", "2").statusCode()).isEqualTo(412);
    assertThat(text(client.get(MEDIA))).isEqualTo("1");
    assertThat(client.store("x&ifMetagenerationMatch=1", "2").statusCode()).isEqualTo(200);

    String second = json(client.get(OBJECT)).path("generation").asText();
    assertThat(second).isGreaterThan(first);
    assertThat(client.store("x&ifGenerationMatch=" + second, "3").statusCode()).isEqualTo(200);
    for (String path : new String[] {OBJECT + "?a=b", MEDIA}) {
      assertThat(client.get(path + "&ifGenerationMatch=" + second).statusCode()).isEqualTo(412);
      assertThat(client.get(path + "&ifMetagenerationMatch=2").statusCode()).isEqualTo(412);
      assertThat(client.get(path + "&ifMetagenerationNotMatch=1").statusCode()).isEqualTo(304);
      assertThat(client.get(path + "&generation=" + second).statusCode()).isEqualTo(404);
    }
    assertThat(client.delete(OBJECT + "?ifGenerationMatch=" + second).statusCode())
        .isEqualTo(412);
    assertThat(client.delete(OBJECT + "?generation=" + second).statusCode()).isEqualTo(404);
    String third = json(client.get(OBJECT)).path("generation").asText();
    assertThat(client.get(OBJECT + "?generation=" + third).statusCode()).isEqualTo(200);
    assertThat(client.delete(OBJECT + "?ifGenerationMatch=" + third).statusCode())
        .isEqualTo(204);
    assertThat(client.delete(OBJECT).statusCode()).isEqualTo(404);
  }

  @Test
  void aMissingBucketOrObjectIsNamed() throws Exception {
    HttpResponse<byte[]> object = client.get(OBJECT);
    assertThat(object.statusCode()).isEqualTo(404);
    assertThat(reason(object)).isEqualTo("notFound");
    assertThat(text(object)).contains("No such object: b/x");
    assertThat(text(client.get(MEDIA))).isEqualTo("No such object: b/x");
    HttpResponse<byte[]> bucket = client.get("/storage/v1/b/none/o/x");
    assertThat(bucket.statusCode()).isEqualTo(404);
    assertThat(text(bucket)).contains("The specified bucket does not exist.");
    assertThat(client.get("/storage/v2/b").statusCode()).isEqualTo(404);
  }

  @Test
  void fieldsArePatched() throws Exception {
    client.store("x", "1");
    HttpResponse<byte[]> patched = client.send(
        "POST",
        OBJECT,
        "{\"contentType\":\"a/b\",\"metadata\":{\"k\":\"v\"}}",
        "X-HTTP-Method-Override",
        "PATCH");
    assertThat(json(patched).path("metageneration").asText()).isEqualTo("2");
    assertThat(json(patched).path("metadata").path("k").asText()).isEqualTo("v");
    assertThat(client.send("PATCH", OBJECT + "?ifMetagenerationMatch=1", "{}").statusCode())
        .isEqualTo(412);
    client.send("PATCH", OBJECT, "{\"metadata\":null}");
    ObjectNode json = json(client.get(OBJECT));
    assertThat(json.has("metadata")).isFalse();
    assertThat(json.path("contentType").asText()).isEqualTo("a/b");
    assertThat(text(client.get(MEDIA))).isEqualTo("1");
  }

  private static byte[] packed(byte[] bytes) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
