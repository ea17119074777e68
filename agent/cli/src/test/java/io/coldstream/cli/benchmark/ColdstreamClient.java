package io.coldstream.cli.benchmark;

import io.coldstream.cli.server.StoreServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The command, started by its launcher. */
record ColdstreamClient(Path launcher) implements Client {

  @Override
  public String name() {
    return "coldstream";
  }

  @Override
  public Kind kind() {
    return Kind.DATABASE;
  }

  /** In a checkout the launcher builds what is out of date. */
  @Override
  public void prepare(Workspace workspace) throws IOException, InterruptedException {
    Files.writeString(config(workspace), "{}\n");
    Meter.run(new ProcessBuilder(launcher.toString(), "--version"), workspace.log());
  }

  @Override
  public ProcessBuilder command(Direction direction, Workspace workspace, StoreServer server) {
    String url = server.repository(server.address());
    List<String> words = switch (direction) {
      case UP -> List.of("backup", "--db", workspace.database().toString());
      case DOWN -> List.of("restore", "--to", workspace.restored().toString());
    };
    ProcessBuilder command = new ProcessBuilder(launcher.toString());
    command.command().addAll(words);
    command.command().addAll(List.of("--repo", url));
    command
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("COLDSTREAM_") && !name.equals("COLDSTREAM_JAVA_OPTS"));
    command.environment().put("COLDSTREAM_CONFIG", config(workspace).toString());
    command
        .environment()
        .put("COLDSTREAM_STATE", workspace.folder().resolve("state").toString());
    command.environment().putAll(server.environment());
    return command;
  }

  private static Path config(Workspace workspace) {
    return workspace.folder().resolve("coldstream.yaml");
  }
}
