package io.coldstream.core.repository;

import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.support.failure.RunException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Compares the lineage of the newest backup with those of older backups. Epochs decide, so that a
 * fork is seen also when the manifest that recorded it is gone or damaged, and a backup whose
 * history was taken up again has discarded nothing.
 */
public final class NewestLineage {

  private final List<Long> sequences;
  private final Lookup lookup;
  private final Optional<Manifest> newest;

  @FunctionalInterface
  private interface Lookup {
    Optional<Manifest> find(long sequence) throws RunException;
  }

  private NewestLineage(List<Long> sequences, Lookup lookup, Optional<Manifest> newest) {
    this.sequences = sequences;
    this.lookup = lookup;
    this.newest = newest;
  }

  /**
   * The history of backups that have been read.
   *
   * @param backups their manifests
   * @return the history of the one with the highest number
   */
  public static NewestLineage of(List<Manifest> backups) {
    TreeMap<Long, Manifest> all = new TreeMap<>();
    backups.forEach(backup -> all.put(backup.sequence(), backup));
    return new NewestLineage(
        List.copyOf(all.keySet()),
        sequence -> Optional.ofNullable(all.get(sequence)),
        Optional.ofNullable(all.lastEntry()).map(Map.Entry::getValue));
  }

  /**
   * The history of a repository, read as far as needed: a listing and the newest manifest that can be
   * read; a few more for a backup with a discarded tail.
   *
   * @param repository where the backups are
   * @param from the lowest number that will be asked for
   * @param unreadable receives a message for each newer manifest that cannot be read and is skipped
   * @return the history of the newest backup from there on
   * @throws RunException what the store's failure means
   */
  public static NewestLineage of(Repository repository, long from, Consumer<String> unreadable)
      throws RunException {
    List<Long> sequences = repository.sequences(from);
    BiConsumer<Long, RunException> skipped = (sequence, e) ->
        unreadable.accept("backup " + sequence + " was skipped: " + e.getMessage());
    return new NewestLineage(
        sequences,
        sequence -> repository.readableManifest(sequence, e -> skipped.accept(sequence, e)),
        repository.newestReadable(
            sequences.stream().filter(sequence -> sequence > from).toList(), skipped));
  }

  /** {@return the highest number that was listed; 0 when there was none} */
  public long newestSequence() {
    return sequences.isEmpty() ? 0 : sequences.get(sequences.size() - 1);
  }

  /**
   * Finds what a backup holds that the newest one does not.
   *
   * @param backup a backup
   * @return the end of its log; empty when the newest backup holds all of it, or is this one
   * @throws RunException what the store's failure means
   */
  public Optional<DiscardedTail> discardedTail(Manifest backup) throws RunException {
    if (newest.isEmpty() || newest.get().sequence() <= backup.sequence()) {
      return Optional.empty();
    }
    OptionalLong position = difference(backup, newest.get());
    long end = backup.log().positions().restorePoint();
    return position.isEmpty() || position.getAsLong() >= end
        ? Optional.empty()
        : Optional.of(new DiscardedTail(
            backup.sequence(),
            position.getAsLong(),
            end,
            firstWithout(backup, position.getAsLong())));
  }

  private static OptionalLong difference(Manifest backup, Manifest later) {
    return backup.log().lineage().firstDifference(later.log().lineage());
  }

  /**
   * A binary search among the later backups, the newest of which lacks the tail: it costs few
   * requests.
   */
  private long firstWithout(Manifest backup, long position) throws RunException {
    long last = newest.orElseThrow().sequence();
    List<Long> later = new ArrayList<>(
        sequences.stream().filter(s -> s > backup.sequence() && s < last).toList());
    int low = 0;
    int high = later.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      Optional<Manifest> between = lookup.find(later.get(middle));
      if (between.isEmpty()) {
        later.remove(middle);
        high--;
      } else if (isWithout(between.get(), backup, position)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low < later.size() ? later.get(low) : last;
  }

  private static boolean isWithout(Manifest later, Manifest backup, long position) {
    OptionalLong difference = difference(backup, later);
    return difference.isPresent() && difference.getAsLong() <= position;
  }
}
