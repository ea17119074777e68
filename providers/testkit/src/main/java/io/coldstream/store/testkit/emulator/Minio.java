package io.coldstream.store.testkit.emulator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * MinIO over a folder, an emulator for S3 on 127.0.0.1: a server that people run themselves, which
 * lists an unfinished upload only under the exact name of its object. It is started once in a JVM,
 * when it is first asked for, and ends with that; tests keep apart by their buckets.
 */
public final class Minio extends KeyedServer {

  private static final String ACCESS_KEY = "coldstream";
  private static final Once<Minio> RUNNING = new Once<>(Minio::new);

  private Minio() {
    super(Program.MINIO, Start::new, ACCESS_KEY);
  }

  /**
   * The one of this JVM.
   *
   * @return it, accepting requests
   * @throws IllegalStateException if it is not installed or does not start
   */
  public static Minio running() {
    return RUNNING.get();
  }

  private record Start(Path program) implements Server.Recipe {
    @Override
    public List<String> command(Path home, int port) throws IOException {
      return List.of(
          program.toString(),
          "server",
          "--quiet",
          "--address",
          "127.0.0.1:" + port,
          "--certs-dir",
          Server.folder(home, "certificates"),
          Server.folder(home, "objects"));
    }

    /** No console, no look for a newer version, and a folder that is no disk of its own. */
    @Override
    public Map<String, String> environment(Path home, int port) {
      return Map.of(
          "MINIO_ROOT_USER", ACCESS_KEY,
          "MINIO_ROOT_PASSWORD", SECRET_KEY,
          "MINIO_BROWSER", "off",
          "MINIO_UPDATE", "off",
          "MINIO_CI_CD", "on");
    }
  }
}
