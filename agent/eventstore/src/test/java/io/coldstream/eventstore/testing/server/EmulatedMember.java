package io.coldstream.eventstore.testing.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A node in the gossip of a {@link NodeEmulator}.
 *
 * @param state as a node writes it, for instance {@code Follower}
 * @param alive whether it can be reached
 * @param writer the end of its log
 * @param epochNumber the number of its latest epoch; -1 for none
 * @param epochId the id of that
 * @param epochPosition the position of that
 */
public record EmulatedMember(
    String state, boolean alive, long writer, long epochNumber, UUID epochId, long epochPosition) {

  private static final int FIRST_PORT = 2113;

  /**
   * A node whose epochs are not known.
   *
   * @param state as a node writes it
   * @param writer the end of its log
   * @return the node, alive
   */
  public static EmulatedMember single(String state, long writer) {
    return new EmulatedMember(state, true, writer, -1, new UUID(0, 0), -1);
  }

  /**
   * The same with an epoch.
   *
   * @param number its number
   * @param id its id
   * @param position where it starts
   * @return the node
   */
  public EmulatedMember with(long number, UUID id, long position) {
    return new EmulatedMember(state, alive, writer, number, id, position);
  }

  /** {@return the same, which cannot be reached} */
  public EmulatedMember dead() {
    return new EmulatedMember(state, false, writer, epochNumber, epochId, epochPosition);
  }

  /** The gossip of the first of them, with the fields that 23.10 and newer have. */
  static String gossip(EmulatedMember... members) {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < members.length; i++) {
      EmulatedMember m = members[i];
      entries.add(String.format(
          Locale.ROOT,
          "{\"instanceId\":\"%s\",\"timeStamp\":\"2026-11-22T13:09:26.8130195Z\",\"state\":\"%s\","
              + "\"isAlive\":%s,\"httpEndPointIp\":\"node-%d.test\",\"httpEndPointPort\":%d,"
              + "\"lastCommitPosition\":0,\"writerCheckpoint\":%d,\"chaserCheckpoint\":%d,"
              + "\"epochPosition\":%d,\"epochNumber\":%d,\"epochId\":\"%s\",\"nodePriority\":0,"
              + "\"isReadOnlyReplica\":false}",
          new UUID(1, i),
          m.state(),
          m.alive(),
          i,
          FIRST_PORT,
          m.writer(),
          m.writer(),
          m.epochPosition(),
          m.epochNumber(),
          m.epochId()));
    }
    return "{\"members\":[" + String.join(",", entries)
        + "],\"serverIp\":\"node-0.test\",\"serverPort\":" + FIRST_PORT + "}";
  }
}
