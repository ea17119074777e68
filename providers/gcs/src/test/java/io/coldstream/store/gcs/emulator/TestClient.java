package io.coldstream.store.gcs.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Speaks to the server as a client does that knows nothing of it but the protocol. */
final class TestClient {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private final String url;

  TestClient(GcsServer server) {
    this(server.url());
  }

  TestClient(URI url) {
    this.url = url.toString();
  }

  /** A path, or a whole URL. Headers come as names and values in turn. */
  HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers)
      throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(
            URI.create(path.startsWith("http") ? path : url + path))
        .method(
            method,
            body.length == 0 && method.equals("GET")
                ? BodyPublishers.noBody()
                : BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  HttpResponse<byte[]> send(String method, String path, String body, String... headers)
      throws IOException {
    return send(method, path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  HttpResponse<byte[]> get(String path, String... headers) throws IOException {
    return send("GET", path, new byte[0], headers);
  }

  HttpResponse<byte[]> delete(String path) throws IOException {
    return send("DELETE", path, new byte[0]);
  }

  /** Stores an object in one call, into bucket {@code b}. */
  HttpResponse<byte[]> store(String nameAndMore, byte[] body, String... headers)
      throws IOException {
    return send(
        "POST", "/upload/storage/v1/b/b/o?uploadType=media&name=" + nameAndMore, body, headers);
  }

  HttpResponse<byte[]> store(String nameAndMore, String body) throws IOException {
    return store(nameAndMore, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Starts an upload into bucket {@code b}: the URL of its session. */
  String start(String nameAndMore, String metadata, String... headers) throws IOException {
    HttpResponse<byte[]> started = send(
        "POST",
        "/upload/storage/v1/b/b/o?uploadType=resumable&name=" + nameAndMore,
        metadata,
        headers);
    return started
        .headers()
        .firstValue("Location")
        .orElseThrow(() -> new IOException(started.statusCode() + " " + text(started)));
  }

  /** Sends a part of an upload. */
  HttpResponse<byte[]> put(String session, String range, byte[] body, String... headers)
      throws IOException {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Range";
    all[headers.length + 1] = range;
    return send("PUT", session, body, all);
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  static ObjectNode json(HttpResponse<byte[]> response) {
    return Json.parse(response.body());
  }

  /** The reason in an error's body. */
  static String reason(HttpResponse<byte[]> response) {
    return json(response).path("error").path("errors").path(0).path("reason").asText();
  }

  static String header(HttpResponse<byte[]> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** The same bytes for the same number. */
  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
