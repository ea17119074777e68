package io.coldstream.eventstore.testing.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The HTTP interface of the emulator: health, information, and events as AtomPub has them. */
final class ServerPages {

  private static final String JSON = "application/json; charset=utf-8";
  private static final String FEED = "application/vnd.eventstore.atom+json; charset=utf-8";
  private static final String RAW = "application/octet-stream";

  private final ServedLog log;
  private final String version;
  private final Misbehaviour misbehaviour;
  private final AtomicInteger reads = new AtomicInteger();

  ServerPages(ServedLog log, String version, Misbehaviour misbehaviour) {
    this.log = log;
    this.version = version;
    this.misbehaviour = misbehaviour;
  }

  void answer(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getRawPath().substring(1).split("/");
    for (int i = 0; i < path.length; i++) {
      path[i] = URLDecoder.decode(path[i].replace("+", "%2B"), StandardCharsets.UTF_8);
    }
    if (misbehaviour == Misbehaviour.ALL_UNAUTHORIZED) {
      send(exchange, 401, "text/plain", "");
    } else if (misbehaviour == Misbehaviour.ALL_HTML) {
      send(exchange, 200, "text/html", "<html>welcome</html>");
    } else if (path[0].equals("health")) {
      send(exchange, misbehaviour == Misbehaviour.NEVER_READY ? 503 : 204, "", "");
    } else if (path[0].equals("info")) {
      send(exchange, 200, JSON, info());
    } else if (path[0].equals("streams") && misbehaves(exchange)) {
      return;
    } else if (path[0].equals("streams") && path[1].equals("$all")) {
      all(exchange, path);
    } else if (path[0].equals("streams")) {
      stream(exchange, path);
    } else {
      send(exchange, 404, "text/plain", "");
    }
  }

  /** As recorded of 26.1, 24.10 and 23.10. */
  private String info() {
    String state = misbehaviour == Misbehaviour.NO_LEADER ? "unknown" : "leader";
    String db =
        ServedDirectory.number(version) >= 2500 ? "\"dbVersion\":\"" + version + ".0\"," : "";
    boolean atomPub = misbehaviour != Misbehaviour.NO_ATOM;
    return "{" + db + "\"esVersion\":\"" + version + ".0\",\"state\":\"" + state
        + "\",\"features\":{\"projections\":false,\"userManagement\":false,\"atomPub\":" + atomPub
        + "},\"authentication\":{\"type\":\"insecure\",\"properties\":null}}";
  }

  private boolean misbehaves(HttpExchange exchange) throws IOException {
    int read = reads.incrementAndGet();
    switch (misbehaviour) {
      case UNAUTHORIZED -> send(exchange, 401, "text/plain", "Unauthorized");
      case HTML -> send(exchange, 200, "text/html", "<html>streams</html>");
      case ERROR -> send(exchange, 500, "text/plain", "Read failed");
      case EXIT_1_WHEN_READ -> {
        System.out.println("Exiting with exit code: 1");
        Runtime.getRuntime().halt(1);
      }
      case STALL -> stall();
      case BUSY -> send(exchange, 503, "text/plain", "Not ready");
      case BUSY_AT_FIRST -> {
        if (read > 2) {
          return false;
        }
        send(exchange, 503, "text/plain", "Not ready");
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void stall() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void all(HttpExchange exchange, String[] path) throws IOException {
    if (path.length != 5 || !path[2].matches("[0-9A-F]{32}")) {
      send(exchange, 400, "text/plain", "Invalid position argument");
      return;
    }
    long position = Long.parseUnsignedLong(path[2].substring(16), 16);
    int count = Integer.parseInt(path[4]);
    boolean backward = path[3].equals("backward");
    feed(exchange, backward ? log.backward(position, count) : log.forward(position, count));
  }

  private void stream(HttpExchange exchange, String[] path) throws IOException {
    String name = path[1];
    if (path[2].equals("metadata") && name.startsWith("$$")) {
      send(exchange, 400, "text/plain", "should not be metastream");
    } else if (path[2].equals("metadata")) {
      send(exchange, 200, JSON, log.metadata(name));
    } else if (log.isDeleted(name)) {
      send(exchange, 410, "text/plain", "");
    } else if (!log.has(name)) {
      send(exchange, 404, "text/plain", "");
    } else {
      Optional<ServedEvent> event = log.visible(name, Long.parseLong(path[2]));
      if (path.length == 3) {
        data(exchange, event);
      } else {
        feed(exchange, event.stream().toList());
      }
    }
  }

  private void data(HttpExchange exchange, Optional<ServedEvent> event) throws IOException {
    if (event.isEmpty()) {
      send(exchange, 404, "text/plain", "");
    } else if (misbehaviour == Misbehaviour.NO_RAW
        || !exchange.getRequestHeaders().getFirst("Accept").equals(RAW)) {
      send(exchange, 406, "text/plain", "");
    } else {
      send(exchange, 200, RAW, data(event.get()));
    }
  }

  private byte[] data(ServedEvent event) {
    byte[] data = event.data().clone();
    if (misbehaviour == Misbehaviour.ALTER_DATA) {
      data[data.length / 2] ^= 1;
    }
    return data;
  }

  private void feed(HttpExchange exchange, List<ServedEvent> events) throws IOException {
    boolean body = exchange.getRequestURI().getQuery().equals("embed=body");
    String entries =
        events.stream().map(event -> entry(event, body)).collect(Collectors.joining(","));
    send(exchange, 200, FEED, "{\"title\":null,\"entries\":[" + entries + "]}");
  }

  private String entry(ServedEvent event, boolean body) {
    String id = event.id().toString();
    String data = body && event.has(ServedEvent.JSON)
        ? ",\"data\":" + quoted(new String(data(event), StandardCharsets.UTF_8))
        : "";
    String type = event.type() + (misbehaviour == Misbehaviour.ALTER_TYPES ? "2" : "");
    return "{\"eventId\":\"" + (misbehaviour == Misbehaviour.ALTER_IDS ? "0" + id.substring(1) : id)
        + "\",\"eventType\":" + quoted(type) + ",\"eventNumber\":" + event.number()
        + ",\"streamId\":" + quoted(event.stream()) + ",\"positionEventNumber\":" + event.number()
        + ",\"positionStreamId\":" + quoted(event.stream()) + data + "}";
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      boolean plain = c >= ' ' && c != '"' && c != '\\' && c < 0x7f;
      quoted.append(plain ? c : String.format(Locale.ROOT, "\\u%04x", (int) c));
    }
    return quoted.append('"').toString();
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    send(exchange, status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    if (!type.isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", type);
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
