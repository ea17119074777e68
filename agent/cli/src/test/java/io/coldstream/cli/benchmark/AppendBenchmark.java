package io.coldstream.cli.benchmark;

import io.coldstream.cli.output.Column;
import io.coldstream.cli.output.Table;
import io.coldstream.cli.server.StoreServer;
import io.coldstream.cli.settings.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures how long a database's appends take, idle and during a backup, in alternation. */
@Command(
    name = "append-benchmark",
    description = "Measures the latency of appends, idle and during a backup on the same disk.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class AppendBenchmark implements Callable<Integer> {

  private static final Duration IDLE = Duration.ofSeconds(10);

  /** The disk frees the blocks of deleted files for some seconds; these appends are not counted. */
  private static final Duration SETTLING = Duration.ofSeconds(5);

  private static final double[] QUANTILES = {0.5, 0.99, 1};

  @Mixin
  private Setup setup;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "How often to measure (${DEFAULT-VALUE}).")
  private int rounds;

  @Parameters(paramLabel = "OPTION", description = "Passed to coldstream backup; after --.")
  private List<String> options = List.of();

  /** What one round measured. */
  private record Round(Latencies idle, Latencies during, double seconds) {}

  private AppendBenchmark() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new AppendBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Workspace workspace = setup.generate();
    ColdstreamClient client = setup.coldstream();
    client.prepare(workspace);
    List<Round> measured = new ArrayList<>();
    try (Appender appender = new Appender(workspace.folder().resolve("appends"))) {
      for (int round = 0; round < rounds; round++) {
        measured.add(measure(client, workspace, appender));
      }
    }
    table(measured).lines(Terminal.UNLIMITED).forEach(System.out::println);
    return 0;
  }

  /** Each round is a first backup into an empty store; the database is not in the page cache. */
  private Round measure(ColdstreamClient client, Workspace workspace, Appender appender)
      throws IOException, InterruptedException {
    Path state = workspace.folder().resolve("state");
    Workspace.delete(state);
    workspace.coolDown();
    appender.runFor(SETTLING);
    Latencies idle = appender.runFor(IDLE);
    Usage[] usage = new Usage[1];
    Latencies during;
    try (StoreServer server = StoreServer.start(setup.store(), workspace.serverFolder())) {
      ProcessBuilder command = client.command(Direction.UP, workspace, server);
      command.command().addAll(options);
      during = appender.runBeside(() -> usage[0] = Meter.run(command, workspace.log()));
    }
    workspace.discardRestored();
    return new Round(idle, during, usage[0].seconds());
  }

  /** A line for each round; the last one has the medians. */
  private static Table table(List<Round> rounds) {
    Table table = new Table(
        Column.text("round"),
        Column.number("idle p50 ms"),
        Column.number("p99"),
        Column.number("max"),
        Column.number("backup p50 ms"),
        Column.number("p99"),
        Column.number("max"),
        Column.number("backup s"));
    for (int round = 0; round < rounds.size(); round++) {
      table.row(cells(String.valueOf(round + 1), rounds.subList(round, round + 1)));
    }
    table.row(cells("median", rounds));
    return table;
  }

  private static String[] cells(String title, List<Round> rounds) {
    List<String> cells = new ArrayList<>(List.of(title));
    for (double quantile : QUANTILES) {
      cells.add(median(rounds, round -> round.idle().quantile(quantile)));
    }
    for (double quantile : QUANTILES) {
      cells.add(median(rounds, round -> round.during().quantile(quantile)));
    }
    cells.add(median(rounds, Round::seconds));
    return cells.toArray(String[]::new);
  }

  private static String median(List<Round> rounds, ToDoubleFunction<Round> figure) {
    Latencies figures =
        new Latencies(rounds.stream().mapToDouble(figure).boxed().toList());
    return String.format(Locale.ROOT, "%.1f", figures.quantile(0.5));
  }
}
