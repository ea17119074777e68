package io.coldstream.cli.benchmark;

import io.coldstream.cli.server.StoreServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures what backup and restore need, beside other programs that move the same files. */
@Command(
    name = "benchmark",
    description = "Measures backup and restore against a local S3 server.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class Benchmark implements Callable<Integer> {

  @Mixin
  private Sizes sizes;

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

  @Option(names = "--without-peers", description = "Measure coldstream alone.")
  private boolean withoutPeers;

  /** How much data. */
  static final class Sizes {
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

    int chunkBytes() {
      String digits = chunkSize.replaceFirst("MiB$", "");
      return Math.multiplyExact(Integer.parseInt(digits), 1 << 20);
    }
  }

  private Benchmark() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Benchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (Files.exists(work)) {
      throw new IOException(work + " exists; remove it, or name another --work");
    }
    Path folder = Files.createDirectories(work).toRealPath();
    Thread cleaning = new Thread(() -> Workspace.delete(folder), "benchmark-cleaning");
    Runtime.getRuntime().addShutdownHook(cleaning);
    Workspace workspace = Workspace.generate(folder, sizes.chunks, sizes.chunkBytes());
    say(
        "%d chunks, %.3f GB of incompressible data; %d processors, Java %s; load before: %s",
        sizes.chunks,
        workspace.bytes() / 1e9,
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version"),
        Files.readString(Path.of("/proc/loadavg")).strip());
    Results results = new Results(workspace.bytes());
    for (Client client : clients()) {
      measure(client, workspace, results);
    }
    results.lines().forEach(System.out::println);
    return 0;
  }

  private List<Client> clients() {
    List<Client> clients = new ArrayList<>();
    clients.add(new ColdstreamClient(launcher.toAbsolutePath()));
    if (!withoutPeers && store.equals("s3")) {
      clients.add(new BareLoopClient());
      RcloneClient.find().ifPresentOrElse(clients::add, () -> say("rclone: not in PATH"));
    }
    return clients;
  }

  /** There and back, with a server of its own, so that each client meets the same. */
  private void measure(Client client, Workspace workspace, Results results)
      throws IOException, InterruptedException {
    client.prepare(workspace);
    try (StoreServer server = StoreServer.start(store, workspace.serverFolder())) {
      for (Direction direction : Direction.values()) {
        workspace.warmUp();
        double before = server.cpuSeconds();
        Usage usage = Meter.run(client.command(direction, workspace, server), workspace.log());
        results.add(client.name(), direction, usage, server.cpuSeconds() - before);
        say("%s, %s: %.1f s", client.name(), direction.title(), usage.seconds());
      }
    }
    say("%s: %d files came back as they were", client.name(), workspace.requireSame(client.kind()));
    workspace.discardRestored();
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
