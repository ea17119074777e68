package io.coldstream.core.prune;

import io.coldstream.core.prune.policy.DatedBackup;
import io.coldstream.core.repository.BackupNeeds;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.Repair;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.work.Workers;
import io.coldstream.store.ObjectName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Reads manifests and pages, several at once. Equal names and pages of backups share their memory. */
final class BackupReader {

  private final Repository repository;
  private final Workers workers;
  private final Map<ObjectName, ObjectName> names = new ConcurrentHashMap<>();
  private final Map<PageEntry, PageEntry> pages = new ConcurrentHashMap<>();

  BackupReader(Repository repository, Workers workers) {
    this.repository = repository;
    this.workers = workers;
  }

  /**
   * Reads backups.
   *
   * @return those that are still there, in the order of the numbers
   * @throws RunException when one cannot be read
   */
  List<StoredBackup> read(Collection<Long> sequences) throws RunException, InterruptedException {
    List<Workers.Task<Optional<StoredBackup>>> tasks = new ArrayList<>();
    sequences.forEach(sequence -> tasks.add(() -> read(sequence)));
    return all(tasks).stream().flatMap(Optional::stream).toList();
  }

  private Optional<StoredBackup> read(long sequence) throws RunException {
    try {
      return repository.findManifest(sequence).map(this::stored);
    } catch (RunException e) {
      throw stopping(e, Repair.ofManifest(e, sequence));
    }
  }

  private StoredBackup stored(Manifest manifest) {
    List<ObjectName> objects = new ArrayList<>();
    objects.add(Layout.manifest(manifest.sequence()));
    for (StoredBytes object : BackupNeeds.of(manifest)) {
      objects.add(shared(names, object.object()));
    }
    List<PageEntry> entries = new ArrayList<>();
    manifest.files().pages().forEach(page -> entries.add(shared(pages, page)));
    return new StoredBackup(
        new DatedBackup(
            manifest.sequence(), manifest.origin().time(), manifest.origin().label()),
        objects,
        entries);
  }

  private static <T> T shared(Map<T, T> all, T value) {
    T first = all.putIfAbsent(value, value);
    return first == null ? value : first;
  }

  /**
   * Reads pages.
   *
   * @param added receives what they name, by several threads
   * @throws RunException when one cannot be read
   */
  void readPages(Collection<PageEntry> wanted, Collection<ObjectName> added)
      throws RunException, InterruptedException {
    List<Workers.Task<Void>> tasks = new ArrayList<>();
    for (PageEntry page : wanted) {
      tasks.add(() -> {
        try {
          BackupNeeds.of(repository.page(page)).forEach(object -> added.add(object.object()));
        } catch (RunException e) {
          throw stopping(e, "");
        }
        return null;
      });
    }
    all(tasks);
  }

  /** Nothing may be removed while it is not known what every backup needs. */
  private static RunException stopping(RunException failure, String advice) {
    return failure.advisingOnDamage(
        advice + "; a prune removes nothing while it cannot read what every backup needs");
  }

  private <T> List<T> all(List<Workers.Task<T>> tasks) throws RunException, InterruptedException {
    try {
      return workers.all(tasks);
    } catch (IOException e) {
      throw new RunException(RunException.Kind.INTERNAL, "reading backups failed: " + e, e);
    }
  }
}
