package io.coldstream.store.testkit.emulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The Versity gateway over a folder, an emulator of S3, on 127.0.0.1: permissions verb by verb as
 * on Amazon, Object Lock; no storage classes, no encryption. It is started once in a JVM, when it is
 * first asked for, and ends with that; tests keep apart by their buckets and users.
 */
public final class Versitygw extends KeyedServer {

  private static final String ACCESS_KEY = "root";
  private static final Once<Versitygw> RUNNING = new Once<>(Versitygw::new);

  private Versitygw() {
    super(Program.VERSITYGW, Start::new, ACCESS_KEY);
  }

  /**
   * The one of this JVM.
   *
   * @return it, accepting requests
   * @throws IllegalStateException if it is not installed or does not start
   */
  public static Versitygw running() {
    return RUNNING.get();
  }

  /**
   * Adds a user who is not allowed anything until a policy of a bucket names it: {@code
   * "Principal":"writer"}.
   *
   * @param accessKey its name, new here
   * @param secretKey its secret
   * @throws IOException if the server refuses, with what it said
   */
  public void addUser(String accessKey, String secretKey) throws IOException {
    Process admin = new ProcessBuilder(
            Source.installed(Program.VERSITYGW).file().toString(),
            "admin",
            "-a",
            ACCESS_KEY,
            "-s",
            SECRET_KEY,
            "--er",
            endpoint().toString(),
            "create-user",
            "-a",
            accessKey,
            "-s",
            secretKey,
            "-r",
            "user")
        .redirectErrorStream(true)
        .start();
    try {
      String said = new String(admin.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!admin.waitFor(1, TimeUnit.MINUTES) || admin.exitValue() != 0) {
        throw new IOException("the user " + accessKey + " was not added: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      admin.destroyForcibly();
    }
  }

  private record Start(Path program) implements Server.Recipe {
    @Override
    public List<String> command(Path home, int port) throws IOException {
      // Its objects carry what it knows of them as extended attributes: the file system must have
      // these.
      return List.of(
          program.toString(),
          "-q",
          "-p",
          "127.0.0.1:" + port,
          "-a",
          ACCESS_KEY,
          "-s",
          SECRET_KEY,
          "--iam-dir",
          Server.folder(home, "users"),
          "--iam-cache-disable",
          "posix",
          "--versioning-dir",
          Server.folder(home, "versions"),
          Server.folder(home, "objects"));
    }

    @Override
    public Map<String, String> environment(Path home, int port) {
      return Map.of();
    }
  }
}
