package io.coldstream.store.gcs.emulator;

import com.sun.net.httpserver.Headers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The route that takes several calls in one body. Each is answered as if it had come alone. */
final class Batch {

  private static final int MOST = 100;
  private static final String MARK = "batch_of_answers";

  /** What answers the calls. */
  interface Calls {
    Answer answer(Request request) throws IOException;
  }

  private Batch() {}

  static Answer answer(Request request, Calls calls) throws IOException {
    List<Multipart.Part> parts = Multipart.parts(request, request.content().readAllBytes());
    if (parts.isEmpty() || parts.size() > MOST) {
      throw Refusal.invalid("A batch has 1 to " + MOST + " calls, and not " + parts.size() + ".");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Multipart.Part part : parts) {
      print(out, "--" + MARK + "\r\nContent-Type: application/http\r\n");
      String id = part.headers().getFirst("Content-ID");
      if (id != null) {
        print(out, "Content-ID: " + id.replaceFirst("<", "<response-") + "\r\n");
      }
      print(out, "\r\n");
      print(out, calls.answer(call(request, part)));
      print(out, "\r\n");
    }
    print(out, "--" + MARK + "--\r\n");
    byte[] body = out.toByteArray();
    return Answer.bytes(200, "multipart/mixed; boundary=" + MARK, body);
  }

  private static Request call(Request batch, Multipart.Part part) {
    String text = new String(part.content(), StandardCharsets.ISO_8859_1).stripLeading();
    int lineEnd = text.indexOf('\n');
    String[] line = text.substring(0, Math.max(0, lineEnd)).strip().split(" ");
    if (line.length < 2) {
      throw Refusal.invalid("Malformed call in a batch.");
    }
    byte[] rest = text.substring(lineEnd + 1).getBytes(StandardCharsets.ISO_8859_1);
    Multipart.Part inner = Multipart.part(rest);
    Headers headers = new Headers();
    // A call is made by whom sent the batch, unless it says otherwise.
    for (String name : List.of("Authorization", "Host")) {
      batch.header(name).ifPresent(value -> headers.set(name, value));
    }
    inner.headers().forEach((name, values) -> headers.put(name, values));
    URI uri = URI.create(line[1]);
    return Request.of(line[0], uri, headers, new ByteArrayInputStream(inner.content()));
  }

  private static void print(ByteArrayOutputStream out, Answer answer) throws IOException {
    print(out, "HTTP/1.1 " + answer.status() + " \r\n");
    for (Map.Entry<String, String> header : answer.headers().entrySet()) {
      print(out, header.getKey() + ": " + header.getValue() + "\r\n");
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    answer.body().writeTo(body);
    print(out, "Content-Length: " + body.size() + "\r\n\r\n");
    body.writeTo(out);
  }

  private static void print(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
