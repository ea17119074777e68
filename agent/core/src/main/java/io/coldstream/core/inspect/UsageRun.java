package io.coldstream.core.inspect;

import io.coldstream.core.repository.Amount;
import io.coldstream.core.repository.BackupNeeds;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Adds up what a repository takes: one listing, every manifest, and each page once. Keeps a name for
 * each object.
 */
public final class UsageRun {

  /** The owner of an object that several backups need. */
  private static final long SHARED = 0;

  private final Repository repository;
  private final Map<ObjectName, Long> owners = new HashMap<>();
  private final Map<ObjectName, PageEntry> pages = new LinkedHashMap<>();

  /**
   * A run.
   *
   * @param repository where the backups are
   */
  public UsageRun(Repository repository) {
    this.repository = repository;
  }

  /**
   * Adds up.
   *
   * @return what there is
   * @throws RunException when a manifest or a page cannot be read, or what the store's failure means
   */
  public UsageReport run() throws RunException {
    // Before the manifests: what a backup adds meanwhile is then not taken for unnamed.
    Map<ObjectName, Long> lengths = new HashMap<>();
    repository.each(
        ObjectPrefix.ALL,
        ListCursor.START,
        object -> lengths.put(object.name(), object.lengthBytes()));
    List<Manifest> manifests = new ArrayList<>();
    for (long sequence : repository.sequences(0)) {
      Optional<Manifest> manifest = repository.findManifest(sequence);
      if (manifest.isPresent()) {
        own(manifest.get());
        manifests.add(manifest.get());
      }
    }
    ownPages();
    EnumMap<ObjectKind, Amount> all = new EnumMap<>(ObjectKind.class);
    EnumMap<ObjectKind, Amount> unnamed = new EnumMap<>(ObjectKind.class);
    Map<Long, Amount> own = new HashMap<>();
    lengths.forEach((name, bytes) -> {
      ObjectKind kind = ObjectKind.of(name);
      UsageReport.add(all, kind, bytes);
      Long owner = owners.get(name);
      if (owner == null && Layout.isNamedByManifests(name)) {
        UsageReport.add(unnamed, kind, bytes);
      } else if (owner != null && owner != SHARED) {
        own.put(owner, own.getOrDefault(owner, Amount.NONE).plus(bytes));
      }
    });
    return new UsageReport(
        all,
        unnamed,
        manifests.stream()
            .map(m -> new UsageReport.OfBackup(m, own.getOrDefault(m.sequence(), Amount.NONE)))
            .toList());
  }

  /** Pages are read afterwards, each once: what they name belongs to whom they belong to. */
  private void own(Manifest manifest) {
    long sequence = manifest.sequence();
    own(Layout.manifest(sequence), sequence);
    BackupNeeds.of(manifest).forEach(object -> own(object.object(), sequence));
    for (PageEntry page : manifest.files().pages()) {
      own(page.object(), sequence);
      pages.putIfAbsent(page.object(), page);
    }
  }

  private void ownPages() throws RunException {
    for (PageEntry page : pages.values()) {
      long owner = owners.get(page.object());
      BackupNeeds.of(repository.page(page)).forEach(object -> own(object.object(), owner));
    }
  }

  private void own(ObjectName name, long sequence) {
    owners.merge(name, sequence, (one, other) -> one.equals(other) ? one : SHARED);
  }
}
