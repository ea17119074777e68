package io.coldstream.core.node;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a node told of itself.
 *
 * @param address where it was asked
 * @param version the version that it states
 * @param state what it is doing
 * @param gossip its cluster; empty when it does not tell, as a single node of 20.10
 * @param options what it was started with; empty when it does not tell this user
 */
public record NodeFacts(
    NodeAddress address,
    Optional<String> version,
    NodeState state,
    Optional<Gossip> gossip,
    Optional<NodeOptions> options) {

  /** {@return how many bytes of the log the leader has and it lacks; empty when that is not known} */
  public OptionalLong lagBytes() {
    if (state.isLeader()) {
      return OptionalLong.of(0);
    }
    Optional<Member> leader = gossip.flatMap(Gossip::leader);
    return leader.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(
            Math.max(0, leader.get().writer() - gossip.orElseThrow().self().writer()));
  }
}
