package io.coldstream.cli.command;

import io.coldstream.cli.output.NodeJson;
import java.util.List;

/**
 * The result of {@code resume-node} in {@code json-output.md}.
 *
 * @param nodes the nodes that run again
 */
record ResumeNodeResult(List<Node> nodes) {

  /** A node, and what an earlier run had paused on it. */
  record Node(String address, NodeJson.Paused resumed) {}
}
