package io.coldstream.core.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.eventstore.log.Epoch;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A node of a cluster, as a node tells of it.
 *
 * @param address host and port of its HTTP interface
 * @param state what it is doing
 * @param alive whether the telling node can reach it
 * @param writer the end of its log, not older than some seconds; -1 for a node that was never met
 * @param epoch the latest epoch that it knows
 */
public record Member(
    String address, NodeState state, boolean alive, long writer, Optional<Epoch> epoch) {

  private static final UUID NO_EPOCH = new UUID(0, 0);

  /**
   * Reads a member.
   *
   * @param fields an entry of the gossip
   * @return the member
   * @throws IllegalArgumentException when a field is missing or of a wrong type; the message names it
   */
  static Member of(JsonNode fields) {
    NodeState state = Fields.text(fields, "state")
        .flatMap(NodeState::parse)
        .orElseThrow(() -> new IllegalArgumentException("field \"state\" is not a word"));
    return new Member(
        address(Fields.text(fields, "httpEndPointIp"), fields.path("httpEndPointPort")),
        state,
        Fields.bool(fields, "isAlive"),
        Fields.number(fields, "writerCheckpoint"),
        epoch(fields));
  }

  /** Host and port of which either may be missing, in the one form that is compared. */
  static String address(Optional<String> host, JsonNode port) {
    return host.orElse("?").toLowerCase(Locale.ROOT) + ":" + port.asInt(0);
  }

  private static Optional<Epoch> epoch(JsonNode fields) {
    Optional<UUID> id = Fields.text(fields, "epochId").flatMap(Member::id);
    long number = fields.path("epochNumber").asLong(-1);
    long position = fields.path("epochPosition").asLong(-1);
    return id.filter(known -> number >= 0 && position >= 0 && !known.equals(NO_EPOCH))
        .map(known -> new Epoch(number, known, position, OptionalLong.empty()));
  }

  private static Optional<UUID> id(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
