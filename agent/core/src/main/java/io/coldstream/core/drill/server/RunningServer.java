package io.coldstream.core.drill.server;

import io.coldstream.core.node.NodeAnswer;
import io.coldstream.core.node.NodeCredentials;
import io.coldstream.core.node.NodeHttp;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A started server: its process and its HTTP interface. Used by one thread. */
public final class RunningServer implements Closeable {

  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(250);

  private final ServerProcess process;
  private final NodeHttp http;
  private final ServerLimits limits;
  private final int starts;
  private Optional<String> version = Optional.empty();

  RunningServer(ServerProcess process, NodeHttp http, ServerLimits limits, int starts) {
    this.process = process;
    this.http = http;
    this.limits = limits;
    this.starts = starts;
  }

  void versionIs(Optional<String> found) {
    version = found;
  }

  /** {@return the version that it states; empty when it states none} */
  public Optional<String> version() {
    return version;
  }

  /** {@return how often it was started to get this far} */
  public int starts() {
    return starts;
  }

  NodeHttp http() {
    return http;
  }

  /** Waits a moment, or until it ends; says whether it has ended. */
  boolean pause() throws InterruptedException {
    return process.awaitEnd(BETWEEN_ATTEMPTS);
  }

  /** Waits for its end. */
  boolean awaitEnd(Duration longest) throws InterruptedException {
    return process.awaitEnd(longest);
  }

  OptionalInt exitCode() {
    return process.exitCode();
  }

  /** {@return what it printed last} */
  public List<String> lastLines() {
    return process.lastLines();
  }

  /**
   * Asks for something that it must be able to answer. An answer that it is not available yet is
   * waited out.
   *
   * @param path the path, encoded, with its query
   * @param accept which type of content is wanted
   * @return what it answered
   * @throws DrillFault when it has ended, does not answer, or wants credentials
   * @throws InterruptedException when this thread was interrupted
   */
  public NodeAnswer get(String path, String accept) throws DrillFault, InterruptedException {
    long begun = System.nanoTime();
    try {
      NodeAnswer answer = http.get(path, accept);
      while (answer.isUnavailable()
          && System.nanoTime() - begun < limits.answer().toNanos()
          && !pause()) {
        answer = http.get(path, accept);
      }
      requireAllowed(answer);
      return answer;
    } catch (IOException e) {
      pause(); // A process that dies closes its connections first.
      requireAlive();
      throw new DrillFault("the server stopped answering: " + e.getMessage());
    }
  }

  static void requireAllowed(NodeAnswer answer) throws DrillFault {
    if (answer.isDenied()) {
      throw new DrillFault(answer.text() + ": the server wants credentials; set "
          + NodeCredentials.USER + " and " + NodeCredentials.PASSWORD
          + " to a user of the restored database, or start the server without authentication"
          + " (--insecure)");
    }
  }

  /**
   * Makes sure that it still runs.
   *
   * @throws DrillFault when it has ended
   */
  public void requireAlive() throws DrillFault {
    OptionalInt code = process.exitCode();
    if (code.isPresent()) {
      throw new DrillFault(
          "the server ended by itself with exit code " + code.getAsInt() + " after it was ready");
    }
  }

  /**
   * Stops it.
   *
   * @param patience how long it may take
   * @return whether it ended without being killed
   * @throws InterruptedException when this thread was interrupted
   */
  public boolean stop(Duration patience) throws InterruptedException {
    return process.stop(patience);
  }

  @Override
  public void close() {
    process.close();
  }
}
