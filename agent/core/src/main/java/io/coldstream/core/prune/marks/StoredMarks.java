package io.coldstream.core.prune.marks;

import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.StoredDocument;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.StoreException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The marks of a repository. */
public final class StoredMarks {

  private final Repository repository;

  /**
   * The marks of a repository.
   *
   * @param repository where they are
   */
  public StoredMarks(Repository repository) {
    this.repository = repository;
  }

  /**
   * Reads which backups are kept: one listing, and one read for each backup that was ever marked.
   *
   * @return the marks that keep a backup, by its number
   * @throws RunException {@link Kind#REPOSITORY_DAMAGED} when a mark is damaged; what the store's
   *     failure means
   */
  public SortedMap<Long, KeepMark> kept() throws RunException {
    SortedMap<Long, KeepMark> kept = new TreeMap<>();
    for (Map.Entry<Long, Integer> last : last(KeepMark.MARKS).entrySet()) {
      KeepMark mark = read(KeepMark.name(last.getKey(), last.getValue()));
      if (mark.keep()) {
        kept.put(last.getKey(), mark);
      }
    }
    return kept;
  }

  /** The mark that counts for a backup, with its number. */
  Optional<KeepMark> newest(long backup) throws RunException {
    int last = lastNumber(backup);
    return last == 0 ? Optional.empty() : Optional.of(read(KeepMark.name(backup, last)));
  }

  /** The number of the newest mark of a backup; 0 for none. */
  int lastNumber(long backup) throws RunException {
    return last(KeepMark.folder(backup)).getOrDefault(backup, 0);
  }

  private Map<Long, Integer> last(ObjectPrefix prefix) throws RunException {
    Map<Long, Integer> last = new TreeMap<>();
    repository.each(prefix, ListCursor.START, object -> {
      if (KeepMark.backup(object.name()).isPresent()) {
        last.put(
            KeepMark.backup(object.name()).getAsLong(),
            KeepMark.number(object.name()).getAsInt());
      }
    });
    return last;
  }

  private KeepMark read(ObjectName name) throws RunException {
    try {
      return StoredDocument.read(
          repository.store(),
          name,
          KeepMark.MAX_BYTES,
          bytes -> KeepMark.read(bytes, name, repository.info().id()));
    } catch (StoreException e) {
      throw RunException.of(e);
    } catch (RunException e) {
      throw e.advisingOnDamage("; it says whether a backup is kept for good. Restore it from an"
          + " earlier version or a copy, or add a new mark: coldstream keep "
          + KeepMark.backup(name).orElse(0));
    }
  }
}
