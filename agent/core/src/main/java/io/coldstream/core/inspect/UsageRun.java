package io.coldstream.core.inspect;

import io.coldstream.core.inspect.UsageReport.Amount;
import io.coldstream.core.repository.CheckpointObjects;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.IndexEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
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
  private final Map<ObjectName, List<ObjectName>> pages = new HashMap<>();

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
    EnumMap<ObjectKind, Amount> all = new EnumMap<>(ObjectKind.class);
    EnumMap<ObjectKind, Amount> unnamed = new EnumMap<>(ObjectKind.class);
    Map<Long, Amount> own = new HashMap<>();
    lengths.forEach((name, bytes) -> {
      ObjectKind kind = ObjectKind.of(name);
      UsageReport.add(all, kind, bytes);
      Long owner = owners.get(name);
      if (owner == null && kind.isNamedByManifests()) {
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

  private void own(Manifest manifest) throws RunException {
    long sequence = manifest.sequence();
    own(List.of(Layout.manifest(sequence)), sequence);
    List<FileEntry> files = new ArrayList<>(manifest.files().checkpoints());
    manifest.files().index().map(IndexEntry::all).ifPresent(files::addAll);
    manifest.files().activeChunk().ifPresent(files::add);
    own(objects(files), sequence);
    own(CheckpointObjects.direct(manifest).stream().map(o -> o.object()).toList(), sequence);
    for (PageEntry page : manifest.files().pages()) {
      if (!pages.containsKey(page.object())) {
        pages.put(page.object(), objects(repository.page(page)));
      }
      own(List.of(page.object()), sequence);
      own(pages.get(page.object()), sequence);
    }
  }

  private static List<ObjectName> objects(List<FileEntry> files) {
    return files.stream()
        .flatMap(file -> file.objects().stream())
        .map(stored -> stored.object())
        .toList();
  }

  private void own(Collection<ObjectName> names, long sequence) {
    for (ObjectName name : names) {
      owners.merge(name, sequence, (one, other) -> one.equals(other) ? one : SHARED);
    }
  }
}
