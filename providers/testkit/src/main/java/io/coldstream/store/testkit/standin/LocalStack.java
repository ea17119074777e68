package io.coldstream.store.testkit.standin;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * LocalStack's S3 on 127.0.0.1: checksums of parts, Object Lock, states of keys; it accepts any
 * credentials and knows no permissions. It is started once in a JVM, when it is first asked for, and
 * ends with that; tests keep apart by their buckets.
 */
public final class LocalStack {

  /** Left alone it keeps objects in a fixed folder of /tmp, which all that run on a machine share. */
  private static final String MAIN = """
      import os
      from localstack.services.s3 import provider
      provider.DEFAULT_S3_TMP_DIR = os.path.join(os.environ["TMPDIR"], "objects")
      from localstack.runtime.main import main
      main()
      """;

  private static final Once<LocalStack> RUNNING = new Once<>(LocalStack::new);

  private final URI server;

  private LocalStack() {
    server = Source.start(Program.LOCALSTACK, Start::new);
  }

  /**
   * The one of this JVM.
   *
   * @return it, accepting requests
   * @throws IllegalStateException if it is not installed or does not start
   */
  public static LocalStack running() {
    return RUNNING.get();
  }

  /** Scheme, host and port. */
  public URI endpoint() {
    return server;
  }

  private record Start(Path python) implements Server.Recipe {
    @Override
    public List<String> command(Path home, int port) {
      return List.of(python.toString(), "-c", MAIN);
    }

    /** Hypercorn, because LocalStack's own server would bind every address. */
    @Override
    public Map<String, String> environment(Path home, int port) {
      return Map.of(
          "FILESYSTEM_ROOT", home.toString(),
          "OVERRIDE_IN_DOCKER", "0",
          "GATEWAY_SERVER", "hypercorn",
          "GATEWAY_LISTEN", "127.0.0.1:" + port,
          "SERVICES", "s3",
          "DNS_ADDRESS", "0",
          "DISABLE_EVENTS", "1",
          "SKIP_SSL_CERT_DOWNLOAD", "1",
          "EAGER_SERVICE_LOADING", "1");
    }
  }
}
