package io.coldstream.cli.command;

import io.coldstream.cli.compose.Composition;
import io.coldstream.cli.compose.DrillServer;
import io.coldstream.cli.compose.Engine;
import io.coldstream.cli.output.Console;
import io.coldstream.cli.output.Failure;
import io.coldstream.cli.output.Report;
import io.coldstream.cli.settings.RestoreSettings;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.drill.DrillReport;
import io.coldstream.core.drill.DrillRequest;
import io.coldstream.core.drill.server.ServerAccess;
import io.coldstream.core.drill.server.ServerLimits;
import io.coldstream.core.drill.server.ServerProgram;
import io.coldstream.core.drill.server.ServerSetup;
import io.coldstream.core.node.NodeCredentials;
import io.coldstream.core.restore.plan.CheckpointMode;
import io.coldstream.core.restore.select.RestorePoint;
import io.coldstream.core.support.failure.RunException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Proves that a server starts on a backup. */
@Command(
    name = "drill",
    description =
        "Restores a backup to scratch, starts a server on it and compares events. Then it stops the"
            + " server and removes the scratch folder.")
final class DrillCommand extends AgentCommand {

  @ArgGroup(multiplicity = "1")
  private Server server;

  /** What is started. */
  static final class Server {
    @Option(
        names = "--server",
        paramLabel = "COMMAND",
        description =
            "The command that starts the server. It is split at blanks, with the quotes of a shell,"
                + " but no shell runs it. These are replaced: {db}, {index}, {port},"
                + " {replication-port}, {chunk-size}, {log}, {config}. {db} and {port} are needed.")
    private String command;

    @Option(
        names = "--image",
        paramLabel = "IMAGE",
        description = "The server's image, which docker or podman runs.")
    private String image;
  }

  @ArgGroup
  private RestoreCommand.Point point;

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      converter = Folder.class,
      description =
          "The folder in which the drill makes its own folder, which needs room for the whole"
              + " database. Default: drills in the state folder.")
  private Optional<Path> scratch = Optional.empty();

  @Option(names = "--keep", description = "Keep the restored database.")
  private boolean keep;

  @Option(
      names = "--https",
      description =
          "Ask the server over HTTPS, because it is not started with --insecure. Its certificate"
              + " must be for 127.0.0.1.")
  private boolean https;

  @Option(
      names = "--start-timeout",
      paramLabel = "DURATION",
      converter = Patience.class,
      description = "How long the server may take until it is ready. Default: 15m.")
  private Duration startTimeout = ServerLimits.DEFAULT.start();

  @Option(
      names = "--stop-timeout",
      paramLabel = "DURATION",
      converter = Patience.class,
      description = "How long the server may take to stop before it is killed. Default: 30s.")
  private Duration stopTimeout = ServerLimits.DEFAULT.stop();

  DrillCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  boolean changes() {
    return true;
  }

  @Override
  List<Setting> accepted() {
    return List.of(Setting.REPO, Setting.ARRANGE, Setting.MAX_DROP, Setting.WITHOUT_INDEX);
  }

  @Override
  Report run(Settings settings, Console console) throws Exception {
    Path folder = scratch.orElse(settings.state().resolve("drills"));
    ServerProgram program = new DrillServer(surroundings().environment(), folder)
        .of(Optional.ofNullable(server.command), Optional.ofNullable(server.image));
    try (Composition composition =
        Composition.open(settings, console.progress(), console::counted)) {
      Engine engine = new Engine(composition, surroundings().clock(), console.progress());
      DrillReport found = engine.drill(
          request(settings.restore(), folder, program), surroundings().environment());
      Report report = Report.closing(DrillText.lines(found), DrillResult.of(found));
      return verdict(found).map(report::failing).orElse(report);
    }
  }

  private DrillRequest request(RestoreSettings settings, Path folder, ServerProgram program)
      throws RunException {
    return new DrillRequest(
        point == null
            ? new RestorePoint.Latest()
            : point.value(surroundings().clock().getZone()),
        settings.truncate() ? CheckpointMode.TRUNCATE : CheckpointMode.DIRECT,
        settings.maxDropBytes(),
        settings.withoutIndex(),
        folder,
        keep,
        new ServerSetup(
            program,
            new ServerLimits(startTimeout, stopTimeout, ServerLimits.DEFAULT.answer()),
            new ServerAccess(https, NodeCredentials.of(surroundings().environment()))));
  }

  private Optional<Failure> verdict(DrillReport found) {
    try {
      found.requireProved();
      return Optional.empty();
    } catch (RunException e) {
      return Optional.of(failure(e));
    }
  }
}
