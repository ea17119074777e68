package io.coldstream.store.testkit.emulator;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Azurite, an emulator of Azure Blob Storage, on 127.0.0.1: blocks, leases, conditions, SAS
 * tokens; no immutability, no versions. It is started once in a JVM, when it is first asked for, and
 * ends with that; tests keep apart by their containers.
 */
public final class Azurite {

  private static final String ACCOUNT = "coldstream";
  private static final String KEY =
      Base64.getEncoder().encodeToString("not a secret".getBytes(StandardCharsets.US_ASCII));
  private static final Map<String, String> ACCOUNTS =
      Map.of("AZURITE_ACCOUNTS", ACCOUNT + ":" + KEY);
  private static final Once<Azurite> RUNNING = new Once<>(Azurite::new);

  private final URI server;

  private Azurite() {
    server = Source.start(Program.AZURITE, Start::new, new InContainer());
  }

  /**
   * The one of this JVM.
   *
   * @return it, accepting requests
   * @throws IllegalStateException if it is not to be had or does not start
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

  /** The arguments that both ways share. */
  private static List<String> arguments(String host, int port, String folder) {
    // Current SDKs speak newer versions of the protocol than Azurite knows the names of.
    return List.of(
        "--silent",
        "--blobHost",
        host,
        "--blobPort",
        Integer.toString(port),
        "--disableTelemetry",
        "--skipApiVersionCheck",
        "-l",
        folder);
  }

  private static final class InContainer implements Image.Recipe {
    @Override
    public List<String> arguments(int hostPort) {
      List<String> command = new ArrayList<>(List.of("azurite-blob"));
      command.addAll(Azurite.arguments("0.0.0.0", 10_000, "/data"));
      return command;
    }

    @Override
    public Map<String, String> environment() {
      return ACCOUNTS;
    }
  }

  private record Start(Path program) implements Server.Recipe {
    @Override
    public List<String> command(Path home, int port) {
      List<String> command = new ArrayList<>(List.of("node", program.toString()));
      command.addAll(arguments("127.0.0.1", port, home.toString()));
      return command;
    }

    @Override
    public Map<String, String> environment(Path home, int port) {
      return ACCOUNTS;
    }
  }
}
