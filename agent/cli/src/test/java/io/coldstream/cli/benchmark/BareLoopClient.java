package io.coldstream.cli.benchmark;

import io.coldstream.cli.server.StoreServer;
import java.util.List;
import java.util.Locale;

/** {@link BareLoop}, in a Java like that of the command: with its heap and its collector. */
final class BareLoopClient implements Client {

  @Override
  public String name() {
    return "bare Java loop";
  }

  @Override
  public Kind kind() {
    return Kind.CHUNKS;
  }

  @Override
  public ProcessBuilder command(Direction direction, Workspace workspace, StoreServer server) {
    String folder = switch (direction) {
      case UP -> workspace.database().toString();
      case DOWN -> workspace.restored().toString();
    };
    ProcessBuilder command = new ProcessBuilder(Meter.JAVA, "-XX:+UseSerialGC", "-Xmx128m", "-cp");
    command
        .command()
        .addAll(List.of(
            System.getProperty("java.class.path"),
            BareLoop.class.getName(),
            direction.name().toLowerCase(Locale.ROOT),
            server.address().toString(),
            server.bucket(),
            folder));
    command.command().addAll(workspace.completedChunks());
    command.environment().putAll(server.environment());
    return command;
  }
}
