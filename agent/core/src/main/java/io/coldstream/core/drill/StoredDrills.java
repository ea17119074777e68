package io.coldstream.core.drill;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.StoredDocument;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPages;
import io.coldstream.store.ObjectName;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The results of drills in a repository. No backup refers to them, and nothing is decided by them. */
public final class StoredDrills {

  /** A result has a few kilobytes. */
  static final int MAX_BYTES = 256 << 10;

  private final Repository repository;

  /**
   * The drills of a repository.
   *
   * @param repository where they are
   */
  public StoredDrills(Repository repository) {
    this.repository = repository;
  }

  /**
   * Stores a result under a new name.
   *
   * @param record the result
   * @param id names the drill
   * @return where it is
   * @throws StoreException when it could not be created
   */
  ObjectName store(DrillRecord record, String id) throws StoreException {
    ObjectName name = Layout.drill(record.sequence(), record.time(), id);
    repository.store().put(new PutRequest(name, Content.of(record.bytes()), Placement.STANDARD));
    return name;
  }

  /**
   * Finds the newest drill of a backup.
   *
   * @param sequence the backup
   * @return its result; empty when there was none
   * @throws RunException what the store's failure means; {@link
   *     RunException.Kind#REPOSITORY_DAMAGED} when the result is damaged
   */
  public Optional<DrillRecord> newest(long sequence) throws RunException {
    try {
      AtomicReference<ObjectName> last = new AtomicReference<>();
      ListPages.each(repository.store(), Layout.drills(sequence), ListCursor.START, page -> {
        page.objects().stream()
            .filter(object -> Layout.isDrill(object.name()))
            .forEach(object -> last.set(object.name()));
        return true;
      });
      return last.get() == null ? Optional.empty() : Optional.of(read(last.get()));
    } catch (StoreException e) {
      throw RunException.of(e);
    }
  }

  private DrillRecord read(ObjectName name) throws StoreException, RunException {
    return StoredDocument.read(
        repository.store(), name, MAX_BYTES, bytes -> DrillRecord.read(bytes, name));
  }
}
