package io.coldstream.eventstore.log;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The history of a log: all its epochs, oldest first. It, never a clock or a name, tells whether
 * one log continues another.
 *
 * @param epochs the epochs in the order of their positions, at least one
 */
public record Lineage(List<Epoch> epochs) {

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException when there is no epoch, or positions or numbers do not rise
   */
  public Lineage {
    epochs = List.copyOf(epochs);
    if (epochs.isEmpty()) {
      throw new IllegalArgumentException("a lineage without an epoch");
    }
    for (int i = 1; i < epochs.size(); i++) {
      Epoch before = epochs.get(i - 1);
      Epoch epoch = epochs.get(i);
      if (epoch.position() <= before.position() || epoch.number() <= before.number()) {
        throw new IllegalArgumentException(epoch + " behind " + before);
      }
    }
  }

  /** {@return the id of the first epoch: it survives scavenges, restores and elections} */
  public UUID databaseId() {
    return epochs.get(0).id();
  }

  /** {@return the latest epoch} */
  public Epoch last() {
    return epochs.get(epochs.size() - 1);
  }

  /**
   * The epoch that a log has which is cut at some position.
   *
   * @param position the end of a record, or a chunk's start
   * @return the last epoch whose record lies wholly below it
   */
  public Optional<Epoch> lastWhollyBelow(long position) {
    return epochs.stream().filter(e -> e.position() < position).reduce((a, b) -> b);
  }

  /**
   * Counts the epochs that two logs share.
   *
   * @param other the history of another log
   * @return how many epochs from the first one on are the same
   */
  public int commonEpochs(Lineage other) {
    int common = 0;
    while (common < Math.min(epochs.size(), other.epochs.size())
        && epochs.get(common).isSame(other.epochs.get(common))) {
      common++;
    }
    return common;
  }

  /**
   * Finds where two logs part.
   *
   * @param other the history of another log
   * @return the position of the first epoch that only one of them has: below it they are the same as
   *     far as both go; empty when they have the same epochs
   */
  public OptionalLong firstDifference(Lineage other) {
    int common = commonEpochs(other);
    return Stream.of(epochs, other.epochs)
        .filter(all -> common < all.size())
        .mapToLong(all -> all.get(common).position())
        .min();
  }
}
