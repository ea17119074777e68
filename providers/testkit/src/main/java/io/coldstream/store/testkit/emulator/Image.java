package io.coldstream.store.testkit.emulator;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * An emulator as a container, for machines that have a Docker engine and not the program: a pinned tag
 * that needs no account. It is reached on 127.0.0.1 alone, and ends with this JVM.
 *
 * @param name with the tag
 * @param port on which it serves in its container
 */
record Image(String name, int port) {

  private static final Duration LONGEST_START = Duration.ofMinutes(5);
  private static final Once<Boolean> ENGINE =
      new Once<>(() -> DockerClientFactory.instance().isDockerAvailable());

  /** What to run in it. */
  interface Recipe {
    /** The arguments of its entry point; none for those that it has by itself. */
    List<String> arguments(int hostPort);

    /** Its environment. */
    Map<String, String> environment();
  }

  /** Whether an engine runs here; looked for once. */
  static boolean engine() {
    return ENGINE.get();
  }

  /** The tag, which is the version. */
  String version() {
    return name.substring(name.lastIndexOf(':') + 1);
  }

  /**
   * Starts it and waits until it accepts connections.
   *
   * @return scheme, host and port
   * @throws IllegalStateException if no port is free
   * @throws org.testcontainers.containers.ContainerLaunchException if it does not start
   */
  URI start(Recipe recipe) {
    int hostPort = Server.freePort();
    PortBinding binding =
        new PortBinding(Ports.Binding.bindIpAndPort("127.0.0.1", hostPort), new ExposedPort(port));
    // Testcontainers' own watcher removes it when this JVM has ended.
    @SuppressWarnings("resource")
    GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(name))
        .withExposedPorts(port)
        .withCreateContainerCmdModifier(
            command -> command.getHostConfig().withPortBindings(binding))
        .withEnv(recipe.environment())
        .waitingFor(Wait.forListeningPort())
        .withStartupTimeout(LONGEST_START);
    List<String> arguments = recipe.arguments(hostPort);
    if (!arguments.isEmpty()) {
      container.withCommand(arguments.toArray(String[]::new));
    }
    container.start();
    return URI.create("http://127.0.0.1:" + hostPort);
  }
}
