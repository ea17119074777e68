package io.coldstream.core.node;

import io.coldstream.core.support.json.FormatException;
import io.coldstream.core.support.json.Json;
import java.util.Optional;

/**
 * What a run has paused on a node, or was about to: the content of a note in the state folder.
 *
 * @param format the version of the note
 * @param node the node's address
 * @param autoScavenge whether its auto-scavenge
 * @param scavenge the id of the scavenge that ran
 */
public record PausedNode(int format, String node, boolean autoScavenge, Optional<String> scavenge) {

  private static final int FORMAT = 1;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException for another format, or what is not the address of a node
   */
  public PausedNode {
    if (format != FORMAT) {
      throw new IllegalArgumentException("format " + format + " is not known");
    }
    NodeAddress.parse(node);
  }

  /** Nothing is paused on a node. */
  static PausedNode nothing(NodeAddress node) {
    return new PausedNode(FORMAT, node.toString(), false, Optional.empty());
  }

  PausedNode withAutoScavenge(boolean paused) {
    return new PausedNode(format, node, paused, scavenge);
  }

  PausedNode withScavenge(Optional<String> id) {
    return new PausedNode(format, node, autoScavenge, id);
  }

  /** {@return whether nothing has to be resumed} */
  boolean isNothing() {
    return !autoScavenge && scavenge.isEmpty();
  }

  /** {@return where the node is} */
  public NodeAddress address() {
    return NodeAddress.parse(node);
  }

  byte[] bytes() {
    return Json.line(this);
  }

  static PausedNode parse(byte[] bytes, String name) throws FormatException {
    return Json.read(bytes, name, PausedNode.class);
  }
}
