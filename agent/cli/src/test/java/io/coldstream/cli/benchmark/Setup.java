package io.coldstream.cli.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options that the programs of this package share: what to measure, and with how much data. */
final class Setup {

  @Option(
      names = "--work",
      required = true,
      description = "Folder for the files, up to three times the chunks; made, and removed again.")
  private Path work;

  @Option(
      names = "--launcher",
      required = true,
      description = "The coldstream command to measure, of a checkout or of a distribution.")
  private Path launcher;

  @Option(
      names = "--store",
      defaultValue = "s3",
      description =
          "Which store to send to: s3, versitygw, az, gs, file; peers: s3 only (${DEFAULT-VALUE}).")
  private String store;

  @Option(
      names = "--chunks",
      defaultValue = "8",
      description = "How many completed chunks (${DEFAULT-VALUE}).")
  private int chunks;

  @Option(
      names = "--chunk-size",
      defaultValue = "256MiB",
      description = "How large a chunk is (${DEFAULT-VALUE}).")
  private String chunkSize;

  String store() {
    return store;
  }

  ColdstreamClient coldstream() {
    return new ColdstreamClient(launcher.toAbsolutePath());
  }

  /** Generates the database. The folder is removed when the process ends. */
  Workspace generate() throws IOException {
    if (Files.exists(work)) {
      throw new IOException(work + " exists; remove it, or name another --work");
    }
    Path folder = Files.createDirectories(work).toRealPath();
    Thread cleaning = new Thread(() -> Workspace.delete(folder), "benchmark-cleaning");
    Runtime.getRuntime().addShutdownHook(cleaning);
    Workspace workspace = Workspace.generate(folder, chunks, chunkBytes());
    say(
        "%d chunks, %.3f GB of incompressible data; %d processors, Java %s; load before: %s",
        chunks,
        workspace.bytes() / 1e9,
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version"),
        Files.readString(Path.of("/proc/loadavg")).strip());
    return workspace;
  }

  private int chunkBytes() {
    String digits = chunkSize.replaceFirst("MiB$", "");
    return Math.multiplyExact(Integer.parseInt(digits), 1 << 20);
  }

  static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
