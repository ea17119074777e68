package io.coldstream.store.gcs.emulator;

import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The route that gives bytes. */
final class Downloads {

  private Downloads() {}

  static Answer answer(Request request, StoredObject object) {
    long size = object.bytes().length();
    Optional<ByteRange> part;
    try {
      part = ByteRange.of(request, size);
    } catch (Refusal e) {
      return Answer.of(e).with("Content-Range", "bytes */" + size);
    }
    ByteRange sent = part.orElse(new ByteRange(0, size));
    Answer answer =
        new Answer(part.isPresent() ? 206 : 200, headers(object), new Sent(object.bytes(), sent));
    return part.isEmpty()
        ? answer
        : answer.with(
            "Content-Range",
            "bytes " + sent.offset() + "-" + (sent.offset() + sent.length() - 1) + "/" + size);
  }

  private static Map<String, String> headers(StoredObject object) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("Accept-Ranges", "bytes");
    headers.put(
        "Content-Type", object.given().path("contentType").asText("application/octet-stream"));
    headers.put("ETag", object.etag());
    headers.put(
        "Last-Modified",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(object.updated().atOffset(ZoneOffset.UTC)));
    headers.put("X-Goog-Generation", Long.toString(object.generation()));
    headers.put("X-Goog-Metageneration", Long.toString(object.metageneration()));
    headers.put(
        "X-Goog-Hash",
        "crc32c=" + object.digests().crc32c() + ",md5=" + object.digests().md5());
    headers.put("X-Goog-Storage-Class", object.given().path("storageClass").asText());
    headers.put("X-Goog-Stored-Content-Length", Long.toString(object.bytes().length()));
    String coding = object.given().path("contentEncoding").asText();
    headers.put("X-Goog-Stored-Content-Encoding", coding.isEmpty() ? "identity" : coding);
    if (!coding.isEmpty()) {
      headers.put("Content-Encoding", coding);
    }
    return headers;
  }

  private record Sent(Bytes bytes, ByteRange part) implements Answer.Body {

    @Override
    public OptionalLong length() {
      return OptionalLong.of(part.length());
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      bytes.writeTo(out, part.offset(), part.length());
    }
  }
}
