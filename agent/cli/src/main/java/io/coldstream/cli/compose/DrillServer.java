package io.coldstream.cli.compose;

import io.coldstream.core.drill.server.CommandLineServer;
import io.coldstream.core.drill.server.ContainerServer;
import io.coldstream.core.drill.server.ServerEnvironment;
import io.coldstream.core.drill.server.ServerProgram;
import io.coldstream.core.restore.target.TargetOwner;
import io.coldstream.core.support.disk.LocalDisk;
import io.coldstream.core.support.disk.Owner;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Finds the server that a drill is told to start. */
public final class DrillServer {

  private final ServerEnvironment environment;
  private final Path scratch;

  /**
   * For a drill.
   *
   * @param environment the environment of this process
   * @param scratch where the drill makes its folder
   */
  public DrillServer(Map<String, String> environment, Path scratch) {
    this.environment = new ServerEnvironment(environment);
    this.scratch = scratch;
  }

  /**
   * The server.
   *
   * @param command what {@code --server} says
   * @param image what {@code --image} says; one of both is there
   * @return the server
   * @throws RunException {@link Kind#USAGE} when it is not one that can be started
   */
  public ServerProgram of(Optional<String> command, Optional<String> image) throws RunException {
    return command.isPresent() ? started(command.get()) : contained(image.orElseThrow());
  }

  private static ServerProgram started(String command) throws RunException {
    try {
      return CommandLineServer.parse(command);
    } catch (IllegalArgumentException e) {
      throw new RunException(Kind.USAGE, "--server: the command " + e.getMessage(), e);
    }
  }

  private ServerProgram contained(String image) throws RunException {
    if (image.isBlank() || image.startsWith("-")) {
      throw new RunException(
          Kind.USAGE,
          "--image: \"" + image + "\" is not the name of an image; use for example"
              + " docker.kurrent.io/kurrent-latest/kurrentdb:latest");
    }
    return new ContainerServer(ContainerServer.engine(environment), image, owner());
  }

  /** Whom the restored files will belong to. */
  private Owner owner() throws RunException {
    try {
      LocalDisk disk = new LocalDisk();
      Owner user = disk.user();
      return user.isRoot() ? TargetOwner.ofDirectory(disk, disk.real(scratch)) : user;
    } catch (IOException e) {
      throw new RunException(Kind.TARGET_REFUSED, e.getMessage(), e);
    }
  }
}
