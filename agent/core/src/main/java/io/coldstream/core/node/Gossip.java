package io.coldstream.core.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a node tells of its cluster.
 *
 * @param self the node that was asked
 * @param others the other nodes
 */
public record Gossip(Member self, List<Member> others) {

  public Gossip {
    others = List.copyOf(others);
  }

  /**
   * Reads an answer.
   *
   * @param answer what the node answered
   * @param state what the node says that it is doing
   * @return the cluster
   * @throws IllegalArgumentException when a field is missing or of a wrong type, or the node is not
   *     among the members; the message follows what was asked
   */
  static Gossip of(JsonNode answer, NodeState state) {
    JsonNode entries = answer.path("members");
    if (!entries.isArray() || entries.isEmpty()) {
      throw new IllegalArgumentException("has no list of members");
    }
    List<Member> members = new ArrayList<>();
    entries.forEach(entry -> members.add(Member.of(entry)));
    Member self = self(
        members, Member.address(Fields.text(answer, "serverIp"), answer.path("serverPort")), state);
    members.remove(self);
    return new Gossip(self, members);
  }

  private static Member self(List<Member> members, String address, NodeState state) {
    if (members.size() == 1) {
      return members.get(0);
    }
    Optional<Member> byAddress =
        members.stream().filter(m -> m.address().equals(address)).findFirst();
    List<Member> byState =
        members.stream().filter(m -> m.alive() && m.state().equals(state)).toList();
    return byAddress
        .or(() -> byState.size() == 1 ? Optional.of(byState.get(0)) : Optional.empty())
        .orElseThrow(() -> new IllegalArgumentException(
            "does not say which of its " + members.size() + " members the node is"));
  }

  /** {@return the leader that the node can reach, or is} */
  public Optional<Member> leader() {
    if (self.state().isLeader()) {
      return Optional.of(self);
    }
    return others.stream()
        .filter(member -> member.alive() && member.state().isLeader())
        .max(Comparator.comparingLong(
            member -> member.epoch().map(e -> e.number()).orElse(-1L)));
  }

  /** {@return a node that follows and can be reached} */
  public Optional<Member> follower() {
    return others.stream()
        .filter(member -> member.alive() && member.state().isFollower())
        .max(Comparator.comparingLong(Member::writer));
  }

  /** {@return whether there are other nodes, whose messages keep the facts new} */
  boolean isCluster() {
    return !others.isEmpty();
  }
}
