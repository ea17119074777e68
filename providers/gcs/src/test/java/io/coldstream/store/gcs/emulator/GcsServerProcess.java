package io.coldstream.store.gcs.emulator;

import io.coldstream.store.testkit.ProcessEnd;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The server in a process of its own. It ends with its standard input, and therefore with the
 * process that started it, whatever becomes of that.
 */
public final class GcsServerProcess implements AutoCloseable {

  private final Process process;
  private final URI url;

  private GcsServerProcess(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** The server itself: prints its URL. A folder, if named, keeps the bytes. */
  // The process that starts it reads the URL from its output.
  @SuppressWarnings("checkstyle:SystemStreams")
  public static void main(String[] arguments) throws IOException {
    try (GcsServer server =
        arguments.length == 0 ? GcsServer.inMemory() : GcsServer.inFolder(Path.of(arguments[0]))) {
      System.out.println(server.url());
      ProcessEnd.await();
    }
  }

  /**
   * Starts one.
   *
   * @param heap the most memory, such as {@code 6g}
   * @param folder for the bytes; in memory without it
   */
  public static GcsServerProcess start(String heap, Optional<Path> folder) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + heap,
        "-cp",
        System.getProperty("java.class.path"),
        GcsServerProcess.class.getName()));
    folder.ifPresent(path -> command.add(path.toString()));
    Process process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the server did not start");
    }
    return new GcsServerProcess(process, URI.create(line));
  }

  /** Scheme, host and port. */
  public URI url() {
    return url;
  }

  /** Of the process. */
  public long pid() {
    return process.pid();
  }

  @Override
  public void close() throws IOException {
    ProcessEnd.bringAbout(process);
  }
}
