package io.coldstream.store.gcs.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The routes that take bytes. */
final class Uploads {

  private final Bytes.Source source;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  Uploads(Bytes.Source source) {
    this.source = source;
  }

  Answer answer(Request request, Bucket bucket, Identity caller) throws IOException {
    if (request.query("upload_id").isPresent()) {
      return resume(request, session(request.query("upload_id").get()));
    }
    if (!request.method().equals("POST")) {
      throw new Refusal(405, "methodNotAllowed", "Method not allowed.");
    }
    return switch (request.query("uploadType").orElse("")) {
      case "resumable" -> start(request, bucket, caller);
      case "multipart" -> multipart(request, bucket, caller);
      case "media" -> media(request, bucket, caller);
      default -> throw Refusal.invalid("Unknown uploadType.");
    };
  }

  /** Ends every session, as a week does. */
  void expire() {
    sessions
        .values()
        .forEach(
            session -> session.end(new Refusal(410, "gone", "The upload session has expired.")));
  }

  int open() {
    return (int) sessions.values().stream().filter(Session::isOpen).count();
  }

  private Session session(String id) {
    Session session = sessions.get(id);
    if (session == null) {
      throw Refusal.plain(404, "Not Found");
    }
    return session;
  }

  private Answer start(Request request, Bucket bucket, Identity caller) throws IOException {
    ObjectNode metadata = Json.parse(request.content().readAllBytes());
    Upload upload = Upload.of(request, bucket, caller, metadata);
    String id = UUID.randomUUID().toString();
    sessions.put(id, new Session(upload, source.create()));
    return Answer.empty(200)
        .with("Location", request.base() + request.path() + "?uploadType=resumable&upload_id=" + id)
        .with("X-GUploader-UploadID", id);
  }

  private static Answer resume(Request request, Session session) throws IOException {
    if (request.method().equals("DELETE")) {
      session.made();
      session.end(new Refusal(410, "gone", "The upload session was cancelled."));
      return Answer.text(499, "Client closed the upload.");
    }
    ContentRange range = ContentRange.of(request);
    if (session.made().isEmpty() && !range.isEmpty()) {
      session.receive(range, request.content());
    }
    return session
        .finish(range.total(), request)
        .map(made -> Answer.json(200, made.resource(request.base())))
        .orElseGet(() -> incomplete(request, session.persisted()));
  }

  private static Answer incomplete(Request request, long persisted) {
    Answer answer =
        request.header("X-GUploader-No-308").filter("yes"::equalsIgnoreCase).isPresent()
            ? Answer.empty(200).with("X-Http-Status-Code-Override", "308")
            : Answer.empty(308);
    return persisted == 0 ? answer : answer.with("Range", "bytes=0-" + (persisted - 1));
  }

  private Answer multipart(Request request, Bucket bucket, Identity caller) throws IOException {
    List<Multipart.Part> parts = Multipart.parts(request, request.content().readAllBytes());
    if (parts.size() != 2) {
      throw Refusal.invalid("Expected two parts.");
    }
    ObjectNode metadata = Json.parse(parts.get(0).content());
    String type = parts.get(1).headers().getFirst("Content-Type");
    if (type != null && !metadata.has("contentType")) {
      metadata.put("contentType", type);
    }
    Upload upload = Upload.of(request, bucket, caller, metadata);
    return store(request, upload, new ByteArrayInputStream(parts.get(1).content()));
  }

  private Answer media(Request request, Bucket bucket, Identity caller) throws IOException {
    ObjectNode metadata = Json.object();
    request.header("Content-Type").ifPresent(type -> metadata.put("contentType", type));
    Upload upload = Upload.of(request, bucket, caller, metadata);
    return store(request, upload, request.content());
  }

  private Answer store(Request request, Upload upload, InputStream body) throws IOException {
    Bytes bytes = source.create();
    Digests digests = new Digests();
    int count;
    do {
      byte[] block = new byte[Bytes.BLOCK];
      count = body.readNBytes(block, 0, block.length);
      digests.update(block, count);
      bytes.append(block, count);
    } while (count == Bytes.BLOCK);
    StoredObject made = upload.finish(bytes, digests.values(), request);
    return Answer.json(200, made.resource(request.base()));
  }
}
