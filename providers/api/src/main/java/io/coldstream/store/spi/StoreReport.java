package io.coldstream.store.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a provider reports about a place, besides its objects.
 *
 * @param clockAhead how far the store's clock is ahead of this machine's, negative when it is behind;
 *     empty where it tells no time
 * @param permissionFirst whether the store refuses a verb that is not allowed also for a name that is
 *     not there, so that such a name is enough to try a permission on
 * @param facts at most one for each topic
 */
public record StoreReport(
    Optional<Duration> clockAhead, boolean permissionFirst, List<StoreFact> facts) {

  /** Copies the facts. */
  public StoreReport {
    facts = List.copyOf(facts);
  }

  /**
   * The fact about a topic.
   *
   * @param topic what it is about
   * @return the fact, where the provider has one
   */
  public Optional<StoreFact> about(StoreFact.Topic topic) {
    return facts.stream().filter(fact -> fact.topic() == topic).findFirst();
  }
}
