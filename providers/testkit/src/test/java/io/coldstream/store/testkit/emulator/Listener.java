package io.coldstream.store.testkit.emulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The smallest server: says who it is, accepts, and never ends by itself. */
final class Listener implements Server.Recipe {

  static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private Listener() {}

  /** The server itself. */
  public static void main(String[] arguments) throws IOException {
    Path home = Path.of(System.getenv("HOME"));
    Files.writeString(home.resolve("pid"), Long.toString(ProcessHandle.current().pid()));
    Files.writeString(
        home.resolve("environment"), String.join("\n", System.getenv().keySet()));
    int port = Integer.parseInt(arguments[0]);
    try (ServerSocket socket = new ServerSocket(port, 5, InetAddress.getByName("127.0.0.1"))) {
      while (true) {
        socket.accept().close();
      }
    }
  }

  static Server start() {
    return Server.start("listener", new Listener());
  }

  /** The process of the server itself. */
  static ProcessHandle process(Path home) throws IOException {
    return ProcessHandle.of(Long.parseLong(Files.readString(home.resolve("pid"))))
        .orElseThrow();
  }

  @Override
  public List<String> command(Path home, int port) {
    return List.of(
        JAVA,
        "-cp",
        System.getProperty("java.class.path"),
        Listener.class.getName(),
        Integer.toString(port));
  }

  @Override
  public Map<String, String> environment(Path home, int port) {
    return Map.of("OWN", "yes");
  }
}
