package io.coldstream.store.s3;

import io.coldstream.store.testkit.http.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A store that takes an object in parts, and answers to some of it as a test wants. The object is {@code
 * p/chunks/a} in {@code bucket}; an upload that is begun is called {@code new}.
 */
final class ScriptedUploads implements Function<String, Answer> {

  static final String MD5 = "d41d8cd98f00b204e9800998ecf8427e";

  /** What beginning an upload is answered with. */
  Answer creation = Answer.of(
      200,
      "",
      "<InitiateMultipartUploadResult><UploadId>new</UploadId></InitiateMultipartUploadResult>");

  /** What listing the unfinished uploads is answered with. */
  Answer uploads = uploads();

  /** What the pages after the first of that listing are; the first one again when there is none. */
  Answer moreUploads;

  /** What listing an upload's parts is answered with, page by page; the last one again and again. */
  List<Answer> parts = List.of(S3Server.error(404, "NoSuchUpload"));

  /** What the completing calls are answered with; the last one again and again. */
  List<Answer> completing = List.of(completed(""));

  /** What sending a part is answered with, where it is not taken. */
  Function<String, Answer> refusal = line -> null;

  /** How long the object is that completing makes. */
  long completedBytes;

  final List<String> sent = new CopyOnWriteArrayList<>();
  final List<String> aborted = new CopyOnWriteArrayList<>();
  int created;
  int uploadLists;
  int partLists;
  int completions;
  private boolean made;

  /** A listing of unfinished uploads. */
  static Answer uploads(String... entries) {
    return Answer.of(
        200,
        "",
        "<ListMultipartUploadsResult>" + String.join("", entries)
            + "</ListMultipartUploadsResult>");
  }

  /** One entry of it: an id, and what else stands there. */
  static String upload(String id, String more) {
    return "<Upload><Key>p/chunks/a</Key><UploadId>" + id
        + "</UploadId><Initiated>2026-01-01T00:00:00.000Z</Initiated>" + more + "</Upload>";
  }

  /** A page of a listing of parts. */
  static Answer parts(String more, String... entries) {
    return Answer.of(
        200, "", "<ListPartsResult>" + more + String.join("", entries) + "</ListPartsResult>");
  }

  /** One entry of it. */
  static String part(int number, long lengthBytes, String etag, String more) {
    return String.format(
        Locale.ROOT,
        "<Part><PartNumber>%d</PartNumber><Size>%d</Size><ETag>\"%s\"</ETag>%s</Part>",
        number,
        lengthBytes,
        etag,
        more);
  }

  static Answer completed(String more) {
    return Answer.of(
        200,
        "",
        "<CompleteMultipartUploadResult><ETag>\"e\"</ETag>" + more
            + "</CompleteMultipartUploadResult>");
  }

  /** Which uploads were sent parts, and which parts, as {@code id/number}. */
  List<String> sent() {
    return sent.stream().sorted().toList();
  }

  @Override
  public synchronized Answer apply(String line) {
    String id = between(line, "uploadId=");
    if (line.startsWith("GET") && !id.isEmpty()) {
      return parts.get(Math.min(partLists++, parts.size() - 1));
    }
    if (line.startsWith("GET")) {
      return line.contains("uploads") ? listUploads() : objects();
    }
    if (line.startsWith("DELETE")) {
      aborted.add(id);
      return Answer.of(204, "", "");
    }
    if (line.startsWith("PUT")) {
      return takePart(line, id);
    }
    if (id.isEmpty()) {
      created++;
      return creation;
    }
    Answer answer = completing.get(Math.min(completions++, completing.size() - 1));
    made |= new String(answer.bytes(), StandardCharsets.UTF_8).startsWith("HTTP/1.1 200");
    return answer;
  }

  private Answer listUploads() {
    return uploadLists++ > 0 && moreUploads != null ? moreUploads : uploads;
  }

  private Answer takePart(String line, String id) {
    Answer refused = refusal.apply(line);
    if (refused != null) {
      return refused;
    }
    sent.add(id + "/" + between(line, "partNumber="));
    return Answer.of(200, "ETag: \"" + MD5 + "\"\r\n", "");
  }

  private Answer objects() {
    List<String> there = new ArrayList<>();
    if (made && completedBytes > 0) {
      there.add("<Contents><Key>p/chunks/a</Key><Size>" + completedBytes
          + "</Size><ETag>\"e\"</ETag></Contents>");
    }
    return Answer.of(
        200,
        "",
        "<ListBucketResult><Name>bucket</Name>" + String.join("", there) + "</ListBucketResult>");
  }

  private static String between(String line, String name) {
    int from = line.indexOf(name);
    return from < 0 ? "" : line.substring(from + name.length()).split("[& ]", 2)[0];
  }
}
