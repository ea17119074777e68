package io.coldstream.core.drill.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.core.node.NodeAnswer;
import io.coldstream.core.node.NodeHttp;
import io.coldstream.core.node.NodeReader;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Starts a server until it is the leader of its cluster of one. A server that truncates its log exits
 * with code 0 and is started a second time ({@code database-files.md#s6}, 24.6 and newer); one whose
 * port was taken meanwhile is started on another.
 */
public final class ServerStart {

  private static final int MAX_PORTS = 3;
  private static final Set<String> LEADS = Set.of("leader", "master");

  private final ServerProgram program;
  private final ServerLimits limits;
  private final ServerAccess access;
  private final ServerEnvironment environment;
  private final Ports ports;
  private final boolean truncates;

  /** Where a start leaves its last words, since a server that failed is closed at once. */
  private final Consumer<List<String>> words;

  /**
   * Starts of one drill.
   *
   * @param setup what to start, and how it is asked
   * @param environment its environment
   * @param ports gives free ports
   * @param truncates whether the server is expected to truncate its log first
   * @param words is given what a server that failed had printed
   */
  public ServerStart(
      ServerSetup setup,
      ServerEnvironment environment,
      Ports ports,
      boolean truncates,
      Consumer<List<String>> words) {
    this.program = setup.program();
    this.limits = setup.limits();
    this.access = setup.access();
    this.environment = environment;
    this.ports = ports;
    this.truncates = truncates;
    this.words = words;
  }

  /**
   * Starts the server.
   *
   * @param places what it is started with; the ports are chosen here
   * @param folder its working directory
   * @return the server, ready; to be closed
   * @throws DrillFault when it does not become ready
   * @throws RunException {@link Kind#USAGE} when the program cannot be run
   * @throws InterruptedException when this thread was interrupted
   */
  public RunningServer run(ServerPlaces places, Path folder)
      throws DrillFault, RunException, InterruptedException {
    long deadline = System.nanoTime() + limits.start().toNanos();
    int truncations = 0;
    int taken = 0;
    for (int start = 1; ; start++) {
      ServerPlaces with = places.withPorts(ports.next(), ports.next());
      RunningServer server = start(with, folder, start, start - taken);
      boolean ready = false;
      try {
        ready = awaitReady(server, deadline);
        if (ready) {
          return server;
        }
        int code = server.exitCode().orElseThrow();
        requireStarted(code, server);
        if (code == 0 && truncates && truncations == 0) {
          truncations++;
        } else if (code != 0 && taken < MAX_PORTS && isTaken(with.port())) {
          taken++;
        } else {
          throw ended(code, truncations);
        }
      } finally {
        if (!ready) {
          words.accept(server.lastLines());
          server.close();
        }
      }
    }
  }

  private RunningServer start(ServerPlaces places, Path folder, int number, int starts)
      throws RunException {
    NodeHttp http = access.open(places.port(), limits.answer());
    try {
      ServerProcess process =
          ServerProcess.start(program.command(places, number, limits.stop()), environment, folder);
      return new RunningServer(process, http, limits, starts);
    } catch (IOException e) {
      throw new RunException(Kind.USAGE, "the server cannot be started: " + e.getMessage(), e);
    }
  }

  private void requireStarted(int code, RunningServer server) throws RunException {
    if (program.isNotStarted(code)) {
      throw new RunException(
          Kind.USAGE,
          program.name() + " was not started (exit code " + code + "): "
              + String.join(" ", server.lastLines()));
    }
  }

  private static DrillFault ended(int code, int truncations) {
    if (code != 0) {
      return new DrillFault("the server ended with exit code " + code
          + " before it was ready: its last lines say whether it refused the restored database, or"
          + " could not run here");
    }
    return new DrillFault("the server ended with exit code 0 before it was ready"
        + (truncations > 0
            ? ", for the second time: it should have truncated its log at the first"
            : ""));
  }

  /** Whether another program has the port that the server was to use. */
  private static boolean isTaken(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** False when the server ended. */
  private boolean awaitReady(RunningServer server, long deadline)
      throws DrillFault, InterruptedException {
    String last = "it did not answer";
    while (System.nanoTime() - deadline < 0) {
      if (server.pause()) {
        return false;
      }
      try {
        Optional<String> missing = missing(server);
        if (missing.isEmpty()) {
          return true;
        }
        last = missing.get();
      } catch (IOException e) {
        last = e.getMessage();
      }
    }
    throw new DrillFault("the server was not ready within " + limits.start().toSeconds()
        + " s (--start-timeout); the last sign: " + last);
  }

  /** What is missing until the server is ready. Every version answers both requests. */
  private static Optional<String> missing(RunningServer server)
      throws IOException, DrillFault, InterruptedException {
    NodeAnswer health = server.http().get("/health/live", "*/*");
    RunningServer.requireAllowed(health);
    if (!health.isGood() && !health.isNotFound()) {
      return Optional.of(health.text());
    }
    NodeAnswer answer = server.http().get("/info", NodeHttp.JSON);
    RunningServer.requireAllowed(answer);
    JsonNode info = answer.json();
    if (!info.path("state").isTextual()) {
      return Optional.of(answer.text() + ", not the state of a server");
    }
    if (!LEADS.contains(info.path("state").asText())) {
      return Optional.of("its state was " + info.path("state").asText());
    }
    requireAtomPub(info);
    server.versionIs(NodeReader.version(info));
    return Optional.empty();
  }

  private static void requireAtomPub(JsonNode info) throws DrillFault {
    JsonNode atomPub = info.path("features").path("atomPub");
    if (atomPub.isBoolean() && !atomPub.booleanValue()) {
      throw new DrillFault("the server is ready, but its events cannot be read over HTTP: start it"
          + " with --enable-atom-pub-over-http true");
    }
  }
}
