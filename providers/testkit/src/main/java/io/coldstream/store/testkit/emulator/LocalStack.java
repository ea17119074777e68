package io.coldstream.store.testkit.emulator;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
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

  /** Nothing but S3, ready at once, and no calls to anybody. */
  private static final Map<String, String> LEAN = Map.of(
      "SERVICES", "s3",
      "EAGER_SERVICE_LOADING", "1",
      "DISABLE_EVENTS", "1",
      "SKIP_SSL_CERT_DOWNLOAD", "1");

  private static final Once<LocalStack> RUNNING = new Once<>(LocalStack::new);

  private final URI server;

  private LocalStack() {
    server = Source.start(Program.LOCALSTACK, Start::new, new InContainer());
  }

  /**
   * The one of this JVM.
   *
   * @return it, accepting requests
   * @throws IllegalStateException if it is not to be had or does not start
   */
  public static LocalStack running() {
    return RUNNING.get();
  }

  /** Scheme, host and port. */
  public URI endpoint() {
    return server;
  }

  private static final class InContainer implements Image.Recipe {
    @Override
    public List<String> arguments(int hostPort) {
      return List.of();
    }

    @Override
    public Map<String, String> environment() {
      return LEAN;
    }
  }

  private record Start(Path python) implements Server.Recipe {
    @Override
    public List<String> command(Path home, int port) {
      return List.of(python.toString(), "-c", MAIN);
    }

    /** Hypercorn, because LocalStack's own server would bind every address. */
    @Override
    public Map<String, String> environment(Path home, int port) {
      Map<String, String> all = new HashMap<>(LEAN);
      all.put("FILESYSTEM_ROOT", home.toString());
      all.put("OVERRIDE_IN_DOCKER", "0");
      all.put("GATEWAY_SERVER", "hypercorn");
      all.put("GATEWAY_LISTEN", "127.0.0.1:" + port);
      all.put("DNS_ADDRESS", "0");
      return all;
    }
  }
}
