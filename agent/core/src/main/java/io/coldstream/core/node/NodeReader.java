package io.coldstream.core.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.io.IOException;
import java.util.Optional;

/** Asks a node what it is. Changes nothing. */
public final class NodeReader {

  private final NodeRequests requests;

  NodeReader(NodeRequests requests) {
    this.requests = requests;
  }

  /**
   * Asks.
   *
   * @return what the node told
   * @throws NodeStopped when nothing listens there
   * @throws RunException {@link Kind#STORE_UNAVAILABLE} when it does not answer, {@link
   *     Kind#NO_ACCESS} when it wants other credentials, {@link Kind#USAGE} when something else than
   *     a node answers
   * @throws InterruptedException when this thread was interrupted
   */
  public NodeFacts read() throws NodeStopped, RunException, InterruptedException {
    JsonNode info = requests.required(firstAnswer());
    NodeState state = Fields.text(info, "state")
        .flatMap(NodeState::parse)
        .orElseThrow(() -> requests.notANode("the answer to GET /info has no state"));
    return new NodeFacts(requests.address(), version(info), state, gossip(state), options());
  }

  /**
   * Finds the version in what a node tells of itself.
   *
   * @param info the answer to {@code GET /info}
   * @return the version; empty when there is none, or something else stands there
   */
  public static Optional<String> version(JsonNode info) {
    String version = info.path("dbVersion").asText(info.path("esVersion").asText(""));
    return Optional.of(version).filter(v -> v.matches("[0-9A-Za-z.+-]{1,60}"));
  }

  private NodeAnswer firstAnswer() throws NodeStopped, RunException, InterruptedException {
    try {
      return requests.ask("/info");
    } catch (IOException e) {
      if (NodeRequests.isRefused(e)) {
        throw new NodeStopped(e.getMessage(), e);
      }
      throw requests.failure(e);
    }
  }

  /**
   * Asks for the cluster.
   *
   * @param state what the node is doing
   * @return the cluster; empty when the node has no such answer, or a leader gives none in time: a
   *     single node of 20.10 never answers
   */
  Optional<Gossip> gossip(NodeState state) throws RunException, InterruptedException {
    NodeAnswer answer;
    try {
      answer = requests.ask("/gossip");
    } catch (IOException e) {
      if (state.isLeader() && NodeRequests.isLate(e)) {
        return Optional.empty();
      }
      throw requests.failure(e);
    }
    if (answer.isUnknown()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Gossip.of(requests.required(answer), state));
    } catch (IllegalArgumentException e) {
      throw requests.notANode("the answer to GET /gossip: " + e.getMessage());
    }
  }

  private Optional<NodeOptions> options() throws RunException, InterruptedException {
    NodeAnswer answer = requests.get("/info/options");
    if (answer.isUnknown() || (answer.isDenied() && !requests.hasCredentials())) {
      return Optional.empty();
    }
    JsonNode entries = requests.required(answer.isGood() ? answer.asField("options") : answer);
    if (!entries.path("options").isArray()) {
      throw requests.notANode("the answer to GET /info/options is not a list");
    }
    return Optional.of(NodeOptions.of(entries.path("options")));
  }
}
