package io.coldstream.store.testkit.emulator;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * fake-gcs-server, an emulator of Google Cloud Storage, on 127.0.0.1, over memory: breadth,
 * create-only, generations. Asking for the state of a resumable upload finishes the object there, and
 * most preconditions on a generation are ignored. It is started once in a JVM, when it is first asked
 * for, and ends with that; tests keep apart by their buckets.
 */
public final class FakeGcsServer {

  private static final Once<FakeGcsServer> RUNNING = new Once<>(FakeGcsServer::new);

  private final URI server;

  private FakeGcsServer() {
    server = Source.start(Program.FAKE_GCS_SERVER, Start::new, new InContainer());
  }

  /**
   * The one of this JVM.
   *
   * @return it, accepting requests
   * @throws IllegalStateException if it is not to be had or does not start
   */
  public static FakeGcsServer running() {
    return RUNNING.get();
  }

  /** Scheme, host and port. */
  public URI endpoint() {
    return server;
  }

  /** Links in its answers lead to where it is reached from. */
  private static List<String> arguments(String host, int port, int reachedAt) {
    return List.of(
        "-scheme",
        "http",
        "-host",
        host,
        "-port",
        Integer.toString(port),
        "-backend",
        "memory",
        "-external-url",
        "http://127.0.0.1:" + reachedAt,
        "-public-host",
        "127.0.0.1:" + reachedAt);
  }

  private static final class InContainer implements Image.Recipe {
    @Override
    public List<String> arguments(int hostPort) {
      return FakeGcsServer.arguments("0.0.0.0", 4443, hostPort);
    }

    @Override
    public Map<String, String> environment() {
      return Map.of();
    }
  }

  private record Start(Path program) implements Server.Recipe {
    @Override
    public List<String> command(Path home, int port) {
      List<String> command = new ArrayList<>(List.of(program.toString()));
      command.addAll(arguments("127.0.0.1", port, port));
      return command;
    }

    @Override
    public Map<String, String> environment(Path home, int port) {
      return Map.of();
    }
  }
}
