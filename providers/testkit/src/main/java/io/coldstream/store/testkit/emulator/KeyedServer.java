package io.coldstream.store.testkit.emulator;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.Function;

/** An installed S3 server with one user who is allowed to do everything. */
abstract class KeyedServer {

  static final String SECRET_KEY = "not-a-secret";

  private final URI server;
  private final String accessKey;

  KeyedServer(Program program, Function<Path, Server.Recipe> recipe, String accessKey) {
    this.server = Source.start(program, recipe);
    this.accessKey = accessKey;
  }

  /** Scheme, host and port. */
  public final URI endpoint() {
    return server;
  }

  /** The access key of the user who is allowed to do everything. */
  public final String accessKey() {
    return accessKey;
  }

  /** Its secret. */
  public final String secretKey() {
    return SECRET_KEY;
  }
}
