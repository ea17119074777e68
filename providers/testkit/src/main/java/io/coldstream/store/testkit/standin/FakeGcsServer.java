package io.coldstream.store.testkit.standin;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * fake-gcs-server, which stands in for Google Cloud Storage, on 127.0.0.1, over memory: breadth,
 * create-only, generations. Asking for the state of a resumable upload finishes the object there, and
 * most preconditions on a generation are ignored. It is started once in a JVM, when it is first asked
 * for, and ends with that; tests keep apart by their buckets.
 */
public final class FakeGcsServer {

  private static final Once<FakeGcsServer> RUNNING = new Once<>(FakeGcsServer::new);

  private final URI server;

  private FakeGcsServer() {
    server = Source.start(Program.FAKE_GCS_SERVER, Start::new);
  }

  /**
   * The one of this JVM.
   *
   * @return it, accepting requests
   * @throws IllegalStateException if it is not installed or does not start
   */
  public static FakeGcsServer running() {
    return RUNNING.get();
  }

  /** Scheme, host and port. */
  public URI endpoint() {
    return server;
  }

  private record Start(Path program) implements Server.Recipe {
    @Override
    public List<String> command(Path home, int port) {
      return List.of(
          program.toString(),
          "-scheme",
          "http",
          "-host",
          "127.0.0.1",
          "-port",
          Integer.toString(port),
          "-backend",
          "memory",
          "-external-url",
          "http://127.0.0.1:" + port,
          "-public-host",
          "127.0.0.1:" + port);
    }

    @Override
    public Map<String, String> environment(Path home, int port) {
      return Map.of();
    }
  }
}
