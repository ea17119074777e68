package io.coldstream.core.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.StoreException;
import io.coldstream.store.network.HostException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Asks a node what it must answer, and says what it means when it does not. */
final class NodeRequests {

  private final NodeHttp http;
  private final NodeAddress address;
  private final NodeCredentials credentials;

  NodeRequests(NodeHttp http, NodeAddress address, NodeCredentials credentials) {
    this.http = http;
    this.address = address;
    this.credentials = credentials;
  }

  static NodeRequests to(NodeAddress address, NodeCredentials credentials, Duration longestAnswer)
      throws RunException {
    return new NodeRequests(
        new NodeHttp(address, credentials, longestAnswer, "the setting node"),
        address,
        credentials);
  }

  /** {@return where the node is} */
  NodeAddress address() {
    return address;
  }

  /** {@return whether the node is told who asks} */
  boolean hasCredentials() {
    return credentials.areSet();
  }

  /**
   * Asks.
   *
   * @throws RunException when the node does not answer, or may answer later
   */
  NodeAnswer get(String path) throws RunException, InterruptedException {
    try {
      return ask(path);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * Tells the node to do something.
   *
   * @throws RunException as {@link #get} says; whether it is done is not known then
   */
  NodeAnswer tell(String method, String path, Duration within)
      throws RunException, InterruptedException {
    try {
      return http.tell(method, path, within);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Asks in such a way that a failure can be looked at. */
  NodeAnswer ask(String path) throws IOException, InterruptedException {
    return http.ask(path);
  }

  /** What it means that no answer came. */
  RunException failure(IOException failure) {
    if (failure instanceof HostException host) {
      Kind kind = RunException.of(new StoreException(host.kind(), host.getMessage(), host))
          .kind();
      return new RunException(kind, host.getMessage(), host);
    }
    return new RunException(
        Kind.STORE_UNAVAILABLE,
        "the node " + address + ": " + failure.getMessage() + "; look into the server's log, and"
            + " run this again later",
        failure);
  }

  /** The content of an answer that must be there. */
  JsonNode required(NodeAnswer answer) throws RunException {
    if (answer.isDenied()) {
      throw denied(answer);
    }
    if (answer.status() >= 500 || answer.status() == 429 || answer.status() == 408) {
      throw unavailable(answer);
    }
    JsonNode content = answer.json();
    if (content.isMissingNode()) {
      throw notANode(answer.text());
    }
    return content;
  }

  RunException unavailable(NodeAnswer answer) {
    return new RunException(
        Kind.STORE_UNAVAILABLE,
        "the node " + address + " fails: " + answer.text()
            + "; look into the server's log, and run this again later");
  }

  RunException notANode(String what) {
    return new RunException(
        Kind.USAGE,
        address + ": " + what + ", which is not what a node answers; check the setting node");
  }

  /** A refusal to tell or do something. */
  RunException denied(NodeAnswer answer) {
    String does = credentials.areSet()
        ? " does not allow the user or certificate of "
        : " wants to know who asks; set ";
    return new RunException(
        Kind.NO_ACCESS,
        "the node " + address + does + NodeCredentials.USER + " and " + NodeCredentials.PASSWORD
            + " (or " + NodeCredentials.CERTIFICATE + " and " + NodeCredentials.KEY + ")"
            + (credentials.areSet() ? " to do this; it needs" : " to")
            + " a member of $ops or $admins: " + answer.text());
  }

  /** Whether nothing listens there. */
  static boolean isRefused(IOException failure) {
    return NodeHttp.chain(failure)
        .anyMatch(t ->
            t instanceof ConnectException && String.valueOf(t.getMessage()).contains("refused"));
  }

  /** Whether no whole answer came in time. */
  static boolean isLate(IOException failure) {
    return failure.getCause() instanceof TimeoutException;
  }
}
