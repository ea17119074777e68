package io.coldstream.store.testkit.emulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A program that serves on 127.0.0.1, with a home of its own in {@code target/emulators} and an
 * environment of nothing but what it is given. It ends with this JVM, whatever becomes of that: a shell
 * beside it waits for the end of a pipe that we hold, ends the program and removes its home. What it
 * prints stays in {@code target/emulators/NAME.log}.
 */
final class Server {

  static final Path FOLDER = Path.of(System.getProperty("basedir", ""), "target", "emulators");

  private static final String KEEPER = """
      exec 3<&0
      "$@" 3<&- </dev/null &
      program=$!
      { cat <&3; kill -9 "$program"; } >/dev/null 2>&1 &
      watch=$!
      wait "$program"
      kill "$watch" 2>/dev/null
      cd / && rm -rf "$HOME"
      """;

  private static final Duration LONGEST_START = Duration.ofMinutes(3);
  private static final int ATTEMPTS = 3;

  private final Process keeper;
  private final Path home;
  private final int port;

  private Server(Process keeper, Path home, int port) {
    this.keeper = keeper;
    this.home = home;
    this.port = port;
  }

  /** What to run; the same for any home and port. */
  interface Recipe {
    /** The program and its arguments. */
    List<String> command(Path home, int port) throws IOException;

    /** Its environment; {@code PATH}, {@code HOME} and {@code TMPDIR} come in addition. */
    Map<String, String> environment(Path home, int port);
  }

  /** A new folder in a program's home. */
  static String folder(Path home, String name) throws IOException {
    return Files.createDirectory(home.resolve(name)).toString();
  }

  /**
   * Starts a program and waits until it accepts connections.
   *
   * @param name of its log and its home
   * @throws IllegalStateException if it does not start, with what it printed
   */
  static Server start(String name, Recipe recipe) {
    try {
      Files.createDirectories(FOLDER);
      Path log = FOLDER.resolve(name + ".log").toAbsolutePath();
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        Server server = run(name, log, recipe);
        if (server.accepts()) {
          return server;
        }
        server.end();
      }
      throw new IllegalStateException(name + " did not start; it said\n" + Files.readString(log));
    } catch (IOException e) {
      throw new IllegalStateException(name + " did not start", e);
    }
  }

  private static Server run(String name, Path log, Recipe recipe) throws IOException {
    Path home = Files.createTempDirectory(FOLDER.toAbsolutePath(), name + "-");
    int port = freePort();
    List<String> command = new ArrayList<>(List.of("sh", "-c", KEEPER, "sh"));
    command.addAll(recipe.command(home, port));
    ProcessBuilder builder = new ProcessBuilder(command)
        .directory(home.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(List.of("PATH"));
    environment.put("HOME", home.toString());
    environment.put("TMPDIR", home.toString());
    environment.putAll(recipe.environment(home, port));
    return new Server(builder.start(), home, port);
  }

  /**
   * A port below those that the system gives to connections and to servers that ask for any: between
   * this look and the program's own nobody takes it but by the same luck, and then another is tried.
   */
  static int freePort() {
    IOException last = null;
    for (int i = 0; i < 100; i++) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
        return socket.getLocalPort();
      } catch (IOException e) {
        last = e;
      }
    }
    throw new IllegalStateException("no free port", last);
  }

  private boolean accepts() throws IOException {
    long deadline = System.nanoTime() + LONGEST_START.toNanos();
    try {
      while (System.nanoTime() < deadline) {
        if (keeper.waitFor(50, TimeUnit.MILLISECONDS)) {
          return false;
        }
        try (Socket socket = new Socket()) {
          socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
          return keeper.isAlive();
        } catch (IOException e) {
          // Not yet.
          continue;
        }
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Scheme, host and port. */
  URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  Path home() {
    return home;
  }

  ProcessHandle keeper() {
    return keeper.toHandle();
  }

  /** Ends the program and waits for that. */
  void end() throws IOException {
    keeper.getOutputStream().close();
    try {
      keeper.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
