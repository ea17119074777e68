package io.coldstream.core.prune;

import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.ObjectName;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The objects that backups need: marked, never unmarked. Used by one thread. */
final class Needs {

  private final Repository repository;
  private final BackupReader reader;
  private final Set<ObjectName> objects = ConcurrentHashMap.newKeySet();
  private final Set<ObjectName> pages = new HashSet<>();
  private final Set<Long> backups = new HashSet<>();

  Needs(Repository repository, BackupReader reader) {
    this.repository = repository;
    this.reader = reader;
  }

  /** Marks what some backups need. Each page is read once. */
  void add(Collection<StoredBackup> added) throws RunException, InterruptedException {
    Map<ObjectName, PageEntry> unread = new HashMap<>();
    for (StoredBackup backup : added) {
      backups.add(backup.dated().sequence());
      objects.addAll(backup.objects());
      for (PageEntry page : backup.pages()) {
        objects.add(page.object());
        if (pages.add(page.object())) {
          unread.put(page.object(), page);
        }
      }
    }
    reader.readPages(unread.values(), objects);
  }

  /**
   * Lists the backups, and marks also what those need that are not marked yet: newer ones, and those
   * that could not be removed.
   *
   * @return the numbers of all
   */
  List<Long> addListed() throws RunException, InterruptedException {
    List<Long> listed = repository.sequences(0);
    add(reader.read(
        listed.stream().filter(sequence -> !backups.contains(sequence)).toList()));
    return listed;
  }

  /** Whether a backup needs an object. */
  boolean holds(ObjectName object) {
    return objects.contains(object);
  }
}
