package io.coldstream.core.drill;

import com.sun.net.httpserver.HttpServer;
import io.coldstream.core.drill.server.ServerCommand;
import io.coldstream.core.drill.server.ServerEnvironment;
import io.coldstream.core.drill.server.ServerPlaces;
import io.coldstream.core.drill.server.ServerProgram;
import io.coldstream.eventstore.testing.server.Misbehaviour;
import io.coldstream.eventstore.testing.server.ServerEmulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The emulator in this process, since a process of its own takes a second to start. The process that
 * a drill starts, watches and stops does nothing but wait.
 */
final class InProcessServer implements ServerProgram, AutoCloseable {

  private final Misbehaviour misbehaviour;
  private final List<HttpServer> servers = new ArrayList<>();
  private final List<ServerPlaces> places = new ArrayList<>();

  InProcessServer(Misbehaviour misbehaviour) {
    this.misbehaviour = misbehaviour;
  }

  /** What each start was given. */
  List<ServerPlaces> places() {
    return places;
  }

  @Override
  public String name() {
    return "emulator";
  }

  @Override
  public void requireRunnable(ServerEnvironment environment) {
    // It is there.
  }

  @Override
  public List<String> warnings(long chunkSizeBytes) {
    return List.of();
  }

  @Override
  public ServerCommand command(ServerPlaces given, int start, Duration patience) {
    places.add(given);
    try {
      servers.add(ServerEmulator.serve(given.port(), given.database(), misbehaviour));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ServerCommand(List.of("sleep", "600"), Map.of(), List.of(), List.of());
  }

  @Override
  public void close() {
    servers.forEach(server -> server.stop(0));
  }
}
