package io.coldstream.store.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Files that Java cannot make: pipes, and names whose bytes are no text in UTF-8. */
public final class OddFiles {

  /** A name whose second byte is an ö in ISO-8859-1, as a shell writes it. */
  private static final String LATIN_1 = "g\\366";

  private OddFiles() {}

  /**
   * Makes a named pipe. Opening it waits until its other end is opened.
   *
   * @param path absolute; its folder exists
   * @return the path
   * @throws IOException when it cannot be made
   */
  public static Path pipe(Path path) throws IOException {
    run("mkfifo -- \"$1\"", path);
    return path;
  }

  /**
   * Makes an empty file whose name is not text in UTF-8.
   *
   * @param folder absolute; exists
   * @throws IOException when it cannot be made
   */
  public static void unreadableName(Path folder) throws IOException {
    run(": > \"$1/$(printf '" + LATIN_1 + "')\"", folder);
  }

  private static void run(String script, Path argument) throws IOException {
    Process process = new ProcessBuilder("sh", "-c", script, "sh", argument.toString())
        .inheritIO()
        .start();
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IOException("failed: " + script + " for " + argument);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      process.destroyForcibly();
    }
  }
}
