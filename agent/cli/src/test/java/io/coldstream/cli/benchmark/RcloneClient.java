package io.coldstream.cli.benchmark;

import io.coldstream.cli.server.S3ProxyServer;
import io.coldstream.cli.server.StoreServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** rclone, with the part size that suits this load best. */
record RcloneClient(Path program) implements Client {

  /** The one in PATH, if there is one. */
  static Optional<Client> find() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, "rclone"))
        .filter(Files::isExecutable)
        .<Client>map(RcloneClient::new)
        .findFirst();
  }

  @Override
  public String name() {
    return "rclone";
  }

  @Override
  public Kind kind() {
    return Kind.CHUNKS;
  }

  @Override
  public void prepare(Workspace workspace) throws IOException {
    Files.write(list(workspace), workspace.completedChunks());
  }

  @Override
  public ProcessBuilder command(Direction direction, Workspace workspace, StoreServer server) {
    String there = ":s3:" + server.bucket() + "/database";
    List<String> paths = switch (direction) {
      case UP -> List.of(workspace.database().toString(), there);
      case DOWN -> List.of(there, workspace.restored().toString());
    };
    ProcessBuilder command = new ProcessBuilder(program.toString(), "copy");
    command.command().addAll(paths);
    command.command().addAll(List.of("--files-from", list(workspace).toString()));
    command.environment().keySet().removeIf(name -> name.startsWith("RCLONE_"));
    command.environment().remove("AWS_CA_BUNDLE");
    command.environment().putAll(server.environment());
    command
        .environment()
        .putAll(Map.of(
            "RCLONE_CONFIG", workspace.folder().resolve("rclone.conf").toString(),
            "RCLONE_S3_PROVIDER", "Other",
            "RCLONE_S3_ENV_AUTH", "true",
            "RCLONE_S3_ENDPOINT", server.address().toString(),
            "RCLONE_S3_REGION", S3ProxyServer.REGION,
            "RCLONE_S3_CHUNK_SIZE", "16Mi",
            "RCLONE_S3_UPLOAD_CONCURRENCY", "4",
            "RCLONE_S3_NO_CHECK_BUCKET", "true",
            "RCLONE_TRANSFERS", "4"));
    return command;
  }

  private static Path list(Workspace workspace) {
    return workspace.folder().resolve("rclone-files");
  }
}
