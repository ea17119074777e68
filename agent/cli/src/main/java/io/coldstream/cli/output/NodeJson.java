package io.coldstream.cli.output;

import io.coldstream.core.node.NodeFacts;
import io.coldstream.core.node.NodeOptions;
import io.coldstream.core.node.PausedNode;
import io.coldstream.core.node.RunningNode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The node of {@code backup} in {@code json-output.md}.
 *
 * @param address where it was asked
 * @param state what it is doing
 * @param version the version that it states
 * @param lagBytes how far it was behind its leader
 * @param directory its data directory, as it names it
 * @param index its index directory, as it names it; missing when that is in the data directory
 * @param chunkSizeBytes its chunk size
 * @param paused what was paused on it while its files were captured
 */
public record NodeJson(
    String address,
    String state,
    Optional<String> version,
    Optional<Long> lagBytes,
    Optional<String> directory,
    Optional<String> index,
    Optional<Long> chunkSizeBytes,
    Paused paused) {

  /**
   * What was paused.
   *
   * @param autoScavenge whether its auto-scavenge
   * @param scavenge the id of the scavenge that ran
   */
  public record Paused(boolean autoScavenge, Optional<String> scavenge) {

    /**
     * Describes it.
     *
     * @param paused what was paused
     * @return its description
     */
    public static Paused of(PausedNode paused) {
      return new Paused(paused.autoScavenge(), paused.scavenge());
    }
  }

  /**
   * Describes a node.
   *
   * @param running the node
   * @return its description
   */
  public static NodeJson of(RunningNode running) {
    NodeFacts node = running.facts();
    return new NodeJson(
        node.address().toString(),
        node.state().name(),
        node.version(),
        boxed(node.lagBytes()),
        node.options().flatMap(NodeOptions::database),
        node.options().flatMap(NodeOptions::index),
        node.options().flatMap(options -> boxed(options.chunkSizeBytes())),
        Paused.of(running.paused()));
  }

  private static Optional<Long> boxed(OptionalLong value) {
    return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
  }
}
