package io.coldstream.store.testkit.standin;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Azurite, which stands in for Azure Blob Storage, on 127.0.0.1: blocks, leases, conditions, SAS
 * tokens; no immutability, no versions. It is started once in a JVM, when it is first asked for, and
 * ends with that; tests keep apart by their containers.
 */
public final class Azurite {

  private static final String ACCOUNT = "coldstream";
  private static final String KEY =
      Base64.getEncoder().encodeToString("not a secret".getBytes(StandardCharsets.US_ASCII));
  private static final Once<Azurite> RUNNING = new Once<>(Azurite::new);

  private final URI server;

  private Azurite() {
    server = Source.start(Program.AZURITE, Start::new);
  }

  /**
   * The one of this JVM.
   *
   * @return it, accepting requests
   * @throws IllegalStateException if it is not installed or does not start
   */
  public static Azurite running() {
    return RUNNING.get();
  }

  /** The URL of the account, to which a slash and a container are added. */
  public URI endpoint() {
    return URI.create(server + "/" + ACCOUNT);
  }

  /** The account's name. */
  public String account() {
    return ACCOUNT;
  }

  /** The account's key, in base 64. */
  public String key() {
    return KEY;
  }

  private record Start(Path program) implements Server.Recipe {
    @Override
    public List<String> command(Path home, int port) {
      // Current SDKs speak newer versions of the protocol than Azurite knows the names of.
      return List.of(
          "node",
          program.toString(),
          "--silent",
          "--blobHost",
          "127.0.0.1",
          "--blobPort",
          Integer.toString(port),
          "--disableTelemetry",
          "--skipApiVersionCheck",
          "-l",
          home.toString());
    }

    @Override
    public Map<String, String> environment(Path home, int port) {
      return Map.of("AZURITE_ACCOUNTS", ACCOUNT + ":" + KEY);
    }
  }
}
