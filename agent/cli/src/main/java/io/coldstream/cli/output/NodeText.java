package io.coldstream.cli.output;

import io.coldstream.core.node.NodeFacts;
import io.coldstream.core.node.NodeGate;
import io.coldstream.core.node.NodeOptions;
import io.coldstream.core.node.PausedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Describes the node of a backup for people. */
public final class NodeText {

  private NodeText() {}

  /**
   * Describes a node.
   *
   * @param node what it told
   * @return two lines, and one more where something could be better
   */
  public static List<String> lines(NodeFacts node) {
    List<String> lines = new ArrayList<>();
    String lag = node.state().isLeader() || node.lagBytes().isEmpty()
        ? ""
        : ", " + Formats.size(node.lagBytes().getAsLong()) + " behind its leader";
    lines.add("node " + node.address() + ": " + node.state()
        + node.version().map(version -> ", version " + version).orElse("") + lag);
    lines.add(node.options()
        .map(NodeText::places)
        .orElse("  its data directory is not known: the node tells it only to $ops and $admins"));
    NodeGate.advice(node).ifPresent(advice -> lines.add("  " + advice));
    return lines;
  }

  /**
   * Tells what was paused.
   *
   * @param node the node
   * @return a clause; empty when nothing was
   */
  public static Optional<String> paused(PausedNode node) {
    List<String> paused = new ArrayList<>();
    if (node.autoScavenge()) {
      paused.add("auto-scavenge");
    }
    node.scavenge().ifPresent(id -> paused.add("scavenge " + id));
    return Optional.of(String.join(" and ", paused)).filter(text -> !text.isEmpty());
  }

  private static String places(NodeOptions options) {
    List<String> facts = new ArrayList<>();
    options.database().ifPresent(path -> facts.add("data directory " + path));
    options.index().ifPresent(path -> facts.add("index " + path));
    options.chunkSizeBytes().ifPresent(bytes -> facts.add("chunks of " + Formats.size(bytes)));
    return "  " + String.join(", ", facts);
  }
}
