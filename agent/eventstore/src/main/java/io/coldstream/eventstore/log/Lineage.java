package io.coldstream.eventstore.log;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The history of a log: every epoch from the first on. It, never a clock or a name, tells whether
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
}
