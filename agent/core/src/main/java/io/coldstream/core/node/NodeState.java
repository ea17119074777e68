package io.coldstream.core.node;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a node is doing, by the server's own name in lower case; 20.10 calls a leader a master, and a
 * follower a slave.
 *
 * @param name lower-case letters
 */
public record NodeState(String name) {

  private static final Set<String> LEADERS = Set.of("leader", "master");
  private static final Set<String> FOLLOWERS = Set.of("follower", "slave", "readonlyreplica");
  private static final Set<String> RECEIVING =
      Set.of("prereplica", "catchingup", "clone", "prereadonlyreplica");
  private static final Set<String> ENDING = Set.of("shuttingdown", "shutdown");
  private static final Set<String> ALONE = Set.of("readonlyleaderless");

  /**
   * Reads a state.
   *
   * @param text as the node wrote it
   * @return the state; empty when it is no word
   */
  static Optional<NodeState> parse(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    return name.matches("[a-z]{1,40}") ? Optional.of(new NodeState(name)) : Optional.empty();
  }

  /** {@return whether it is the one that takes writes} */
  public boolean isLeader() {
    return LEADERS.contains(name);
  }

  /** {@return whether it follows a leader, read-only replicas included} */
  public boolean isFollower() {
    return FOLLOWERS.contains(name);
  }

  /** {@return whether it would follow a leader, and there is none} */
  boolean isLeaderless() {
    return ALONE.contains(name);
  }

  /** {@return why its files should not be backed up now, and what to do; empty when they can be} */
  Optional<String> refusal() {
    if (isLeader() || isFollower() || isLeaderless()) {
      return Optional.empty();
    }
    if (RECEIVING.contains(name)) {
      return Optional.of(
          "it is still receiving the log of its cluster; wait until it is a follower,"
              + " or back up another node");
    }
    if (ENDING.contains(name)) {
      return Optional.of(
          "it is shutting down; back it up when it has ended or runs again, or back up another node");
    }
    return Optional.of(
        "it is neither a leader nor a follower; wait until it is one, or back up another node");
  }

  @Override
  public String toString() {
    return name;
  }
}
