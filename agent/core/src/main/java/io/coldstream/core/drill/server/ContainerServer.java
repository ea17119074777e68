package io.coldstream.core.drill.server;

import io.coldstream.core.support.disk.Owner;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A server that runs in a container, by the program {@code docker} or {@code podman}. The container
 * has the drill's folder, one port on 127.0.0.1, and a name by which it is stopped and removed.
 */
public final class ContainerServer implements ServerProgram {

  private static final List<String> ENGINES = List.of("docker", "podman");

  /** What both engines exit with when they could not start a container. */
  private static final int NOT_STARTED = 125;

  /** A pull can take long; an engine that does not answer is given up. */
  private static final Duration LONGEST_PULL = Duration.ofMinutes(30);

  private static final String DATABASE = "/coldstream-drill/db";
  private static final int SERVER_PORT = 2113;

  private final String engine;
  private final String image;
  private final Owner user;

  /**
   * A server in a container.
   *
   * @param engine the program that runs containers
   * @param image the server's image
   * @param user whom the restored files belong to
   */
  public ContainerServer(String engine, String image, Owner user) {
    this.engine = engine;
    this.image = image;
    this.user = user;
  }

  /**
   * Finds the program that runs containers.
   *
   * @param environment where it is looked for
   * @return its name
   * @throws RunException {@link Kind#USAGE} when there is none
   */
  public static String engine(ServerEnvironment environment) throws RunException {
    return ENGINES.stream()
        .filter(name -> environment.find(name).isPresent())
        .findFirst()
        .orElseThrow(() -> new RunException(
            Kind.USAGE,
            "--image needs docker or podman, and neither is in PATH; install one of them, or give"
                + " --server with a command that starts an installed server"));
  }

  @Override
  public String name() {
    return image;
  }

  @Override
  public void requireRunnable(ServerEnvironment environment)
      throws RunException, InterruptedException {
    require(environment, "version");
    if (run(environment, "image", "inspect", image).exit() != 0) {
      require(environment, "pull", image);
    }
  }

  private void require(ServerEnvironment environment, String... arguments)
      throws RunException, InterruptedException {
    Finished finished = run(environment, arguments);
    if (finished.exit() != 0) {
      throw new RunException(
          Kind.USAGE,
          "--image: \"" + engine + " " + String.join(" ", arguments) + "\" ended with "
              + finished.exit() + ": " + finished.lastLine() + "; nothing was restored");
    }
  }

  private record Finished(int exit, List<String> lines) {
    String lastLine() {
      return lines.isEmpty() ? "it printed nothing" : lines.get(lines.size() - 1);
    }
  }

  private Finished run(ServerEnvironment environment, String... arguments)
      throws RunException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(engine));
    words.addAll(List.of(arguments));
    ServerCommand command = new ServerCommand(words, Map.of(), List.of(), List.of());
    try (ServerProcess process = ServerProcess.start(command, environment, Path.of("/"))) {
      process.awaitEnd(LONGEST_PULL);
      return new Finished(process.exitCode().orElse(-1), process.lastLines());
    } catch (IOException e) {
      throw new RunException(Kind.USAGE, "--image: " + e.getMessage(), e);
    }
  }

  @Override
  public List<String> warnings(long chunkSizeBytes) {
    return List.of();
  }

  @Override
  public boolean isNotStarted(int code) {
    return code == NOT_STARTED;
  }

  @Override
  public ServerCommand command(ServerPlaces places, int start, Duration patience) {
    String name = "coldstream-drill-" + places.id() + "-" + start;
    List<String> words = new ArrayList<>(List.of(engine, "run", "--name", name));
    words.addAll(List.of("--user", user.toString()));
    if (engine.equals("podman") && !user.isRoot()) {
      words.add("--userns=keep-id");
    }
    words.addAll(List.of("--publish", "127.0.0.1:" + places.port() + ":" + SERVER_PORT));
    words.addAll(List.of("--volume", places.database() + ":" + DATABASE));
    words.addAll(List.of("--volume", places.logs() + ":/coldstream-drill/log"));
    words.add(image);
    words.addAll(List.of("--insecure", "--db", DATABASE, "--log", "/coldstream-drill/log"));
    words.addAll(List.of("--cluster-size", "1", "--discover-via-dns", "false"));
    words.addAll(List.of("--run-projections", "None", "--enable-atom-pub-over-http", "true"));
    if (places.chunkSizeBytes() != ServerPlaces.DEFAULT_CHUNK_SIZE_BYTES) {
      words.addAll(List.of("--chunk-size", Long.toString(places.chunkSizeBytes())));
    }
    String seconds = Long.toString(Math.max(1, patience.toSeconds()));
    return new ServerCommand(
        words,
        Map.of(),
        List.of(engine, "stop", "--time", seconds, name),
        List.of(engine, "rm", "--force", name));
  }
}
