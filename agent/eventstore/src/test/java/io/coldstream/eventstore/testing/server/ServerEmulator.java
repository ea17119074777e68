package io.coldstream.eventstore.testing.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * The program: {@code --db DIR --node-port PORT [--chunk-size N] [--version 26.1] [--misbehave WHAT]};
 * other options are accepted and mean nothing.
 */
public final class ServerEmulator {

  private static final String DEFAULT_CHUNK_SIZE = "268435456";

  private ServerEmulator() {}

  /**
   * The words that start it with the class path of a test.
   *
   * @return the program and its first arguments, to which its own options are added
   */
  public static List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        ServerEmulator.class.getName());
  }

  /**
   * The same as one line with the placeholders of a drill.
   *
   * @param options further options
   * @return the line, quoted for a shell
   */
  public static String line(String... options) {
    List<String> words = new ArrayList<>();
    command().forEach(word -> words.add("'" + word.replace("'", "'\\''") + "'"));
    words.addAll(List.of("--db {db} --index {index} --node-port {port} --chunk-size {chunk-size}"));
    words.addAll(List.of(options));
    return String.join(" ", words);
  }

  /**
   * Runs the server.
   *
   * @param arguments its options
   * @throws Exception when the directory cannot be read
   */
  public static void main(String[] arguments) throws Exception {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      boolean valued = i + 1 < arguments.length && !arguments[i + 1].startsWith("--");
      options.put(arguments[i], valued ? arguments[++i] : "true");
    }
    Misbehaviour misbehaviour = Misbehaviour.valueOf(
        options.getOrDefault("--misbehave", "NONE").toUpperCase(Locale.ROOT).replace('-', '_'));
    begin(misbehaviour);
    String version = options.getOrDefault("--version", "26.1");
    ServedDirectory directory = new ServedDirectory(
        Path.of(options.get("--db")),
        version,
        Long.parseLong(options.getOrDefault("--chunk-size", DEFAULT_CHUNK_SIZE)));
    try {
      if (misbehaviour == Misbehaviour.NO_TRUNCATION || directory.truncate()) {
        end(0, "Truncation successful. Shutting down.");
      }
      serve(options, directory, version, misbehaviour);
    } catch (ServedDirectory.Refused e) {
      end(1, e.getMessage());
    }
  }

  private static void begin(Misbehaviour misbehaviour) {
    // It ends with what started it, also when that is killed.
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
    System.out.println("ES VERSION: emulator");
    switch (misbehaviour) {
      case EXIT_1 -> end(1, "Unhandled exception: the emulator was told to fail");
      case EXIT_0 -> end(0, "Shutting down.");
      case PRINT_MEGABYTES -> {
        System.out.println("x".repeat(4 << 20));
        for (int i = 0; i < 40_000; i++) {
          System.out.println("line " + i + " " + "y".repeat(100));
        }
      }
      case HANG_AT_STOP ->
        Runtime.getRuntime().addShutdownHook(new Thread(ServerEmulator::forever));
      default -> {}
    }
  }

  private static void forever() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void end(int code, String message) {
    System.out.println(message);
    System.out.println("Exiting with exit code: " + code);
    System.out.flush();
    Runtime.getRuntime().halt(code);
  }

  private static void serve(
      Map<String, String> options,
      ServedDirectory directory,
      String version,
      Misbehaviour misbehaviour)
      throws IOException, ServedDirectory.Refused {
    int port = Integer.parseInt(options.get("--node-port"));
    try {
      serve(port, directory, version, misbehaviour);
    } catch (BindException e) {
      end(1, "Failed to bind to address http://127.0.0.1:" + port + ": address already in use.");
    }
  }

  /**
   * Serves a directory in this process, without truncating it.
   *
   * @param port where
   * @param db the directory; its chunks have 256 KiB
   * @param misbehaviour what it does wrong, of what it can do wrong when it is asked
   * @return the running server, to be stopped
   * @throws IOException when it refuses the directory
   */
  public static HttpServer serve(int port, Path db, Misbehaviour misbehaviour) throws IOException {
    try {
      return serve(port, new ServedDirectory(db, "26.1", 262_144), "26.1", misbehaviour);
    } catch (ServedDirectory.Refused e) {
      throw new IOException(e);
    }
  }

  private static HttpServer serve(
      int port, ServedDirectory directory, String version, Misbehaviour misbehaviour)
      throws IOException, ServedDirectory.Refused {
    ServedLog log = new ServedLog(directory.payloads());
    switch (misbehaviour) {
      case LOSE_LAST -> log.dropLast();
      case LOSE_STREAMS -> log.dropStreams();
      default -> {}
    }
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    ServerPages pages = new ServerPages(log, version, misbehaviour);
    server.createContext("/", pages::answer);
    server.setExecutor(Executors.newCachedThreadPool(work -> {
      Thread thread = new Thread(work, "server-emulator");
      thread.setDaemon(true);
      return thread;
    }));
    server.start();
    return server;
  }
}
