package io.coldstream.core.node;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides whether the files of a node should be backed up now.
 *
 * @param maxLagBytes how far it can be behind its leader; empty when that does not matter
 */
public record NodeGate(OptionalLong maxLagBytes) {

  /** The default of {@code maxLagBytes}: 64 MiB, some seconds of a busy cluster. */
  public static final long DEFAULT_MAX_LAG_BYTES = 64L << 20;

  /**
   * Refuses a node that should not be backed up.
   *
   * @param node what it told
   * @throws RunException {@link Kind#SOURCE_REFUSED}; the message says what to do
   */
  public void require(NodeFacts node) throws RunException {
    Optional<String> refusal = node.state().refusal();
    if (refusal.isPresent()) {
      throw refused(node, "is " + node.state() + ": " + refusal.get());
    }
    if (node.options().filter(NodeOptions::inMemory).isPresent()) {
      throw refused(
          node, "keeps its database in memory (MemDb): it has no files that could be backed up");
    }
    if (maxLagBytes.isEmpty()) {
      return;
    }
    OptionalLong lag = node.lagBytes();
    if (lag.isEmpty()) {
      throw refused(
          node,
          "is a " + node.state() + " that knows no leader, so how far it is behind cannot be told;"
              + " wait until the cluster has elected a leader, or use --max-lag unlimited");
    }
    if (lag.getAsLong() > maxLagBytes.getAsLong()) {
      throw refused(
          node,
          "is " + lag.getAsLong() + " bytes behind the leader "
              + node.gossip().flatMap(Gossip::leader).map(Member::address).orElseThrow()
              + ", more than max-lag (" + maxLagBytes.getAsLong()
              + " bytes); wait until it has caught up, back up another node, or raise --max-lag");
    }
  }

  private static RunException refused(NodeFacts node, String why) {
    return new RunException(
        Kind.SOURCE_REFUSED, "the node " + node.address() + " " + why + ". Nothing was backed up");
  }

  /**
   * What to do better next time.
   *
   * @param node what it told
   * @return a sentence; empty when there is nothing
   */
  public static Optional<String> advice(NodeFacts node) {
    return node.state().isLeader()
        ? node.gossip()
            .flatMap(Gossip::follower)
            .map(follower -> "this node is the leader, which every write waits for; a backup on a"
                + " follower, such as " + follower.address() + ", disturbs the cluster less")
        : Optional.empty();
  }
}
