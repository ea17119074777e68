package io.coldstream.cli.benchmark;

import io.coldstream.cli.server.StoreServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
  private Setup setup;

  @Option(names = "--without-peers", description = "Measure coldstream alone.")
  private boolean withoutPeers;

  private Benchmark() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Benchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Workspace workspace = setup.generate();
    Results results = new Results(workspace.bytes());
    for (Client client : clients()) {
      measure(client, workspace, results);
    }
    results.lines().forEach(System.out::println);
    return 0;
  }

  private List<Client> clients() {
    List<Client> clients = new ArrayList<>();
    clients.add(setup.coldstream());
    if (!withoutPeers && setup.store().equals("s3")) {
      clients.add(new BareLoopClient());
      RcloneClient.find().ifPresentOrElse(clients::add, () -> Setup.say("rclone: not in PATH"));
    }
    return clients;
  }

  /** There and back, with a server of its own, so that each client meets the same. */
  private void measure(Client client, Workspace workspace, Results results)
      throws IOException, InterruptedException {
    client.prepare(workspace);
    try (StoreServer server = StoreServer.start(setup.store(), workspace.serverFolder())) {
      for (Direction direction : Direction.values()) {
        workspace.warmUp();
        double before = server.cpuSeconds();
        Usage usage = Meter.run(client.command(direction, workspace, server), workspace.log());
        results.add(client.name(), direction, usage, server.cpuSeconds() - before);
        Setup.say("%s, %s: %.1f s", client.name(), direction.title(), usage.seconds());
      }
    }
    Setup.say(
        "%s: %d files came back as they were", client.name(), workspace.requireSame(client.kind()));
    workspace.discardRestored();
  }
}
