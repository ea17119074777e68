package io.coldstream.core.verify;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.CheckpointObjects;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.Repair;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.IndexEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.verify.history.Depth;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects every object that the manifests and pages need. */
final class Inventory {

  private final Repository repository;
  private final Map<ObjectName, WantedObject> wanted = new TreeMap<>();
  private final Set<ObjectPrefix> checkpointFolders =
      new TreeSet<>((a, b) -> a.value().compareTo(b.value()));
  private final List<Finding> findings = new ArrayList<>();
  private final SegmentedFiles segmented = new SegmentedFiles();
  private final Map<IndexEntry, Long> indexes = new LinkedHashMap<>();
  private Map<ObjectName, List<FileEntry>> pages = new HashMap<>();
  private final List<Long> backups = new ArrayList<>();
  private final Set<Long> unreadable = new TreeSet<>();

  Inventory(Repository repository) {
    this.repository = repository;
  }

  Collection<WantedObject> wanted() {
    return wanted.values();
  }

  Optional<WantedObject> wanted(ObjectName name) {
    return Optional.ofNullable(wanted.get(name));
  }

  Set<ObjectPrefix> checkpointFolders() {
    return checkpointFolders;
  }

  /** Manifests and pages that are damaged, or do not fit together. */
  List<Finding> findings() {
    return findings;
  }

  /** The files that no single object holds. */
  SegmentedFiles segmented() {
    return segmented;
  }

  /** The indexes, with the first backup that has each. */
  Map<IndexEntry, Long> indexes() {
    return indexes;
  }

  /** The backups whose manifests and pages were read and fit together, ascending. */
  List<Long> backups() {
    return backups;
  }

  /** The backups that are there and could not be read, ascending. */
  List<Long> unreadable() {
    return List.copyOf(unreadable);
  }

  /**
   * Adds every object that a backup needs.
   *
   * @param named whether a user has named it: otherwise one that is gone since it was listed is none
   */
  void add(long sequence, boolean named) throws RunException {
    Optional<Manifest> manifest;
    try {
      manifest =
          named ? Optional.of(repository.manifest(sequence)) : repository.findManifest(sequence);
    } catch (RunException e) {
      requireDamage(e);
      wrong(sequence, e.getMessage() + Repair.ofManifest(e, sequence), e.remedies());
      return;
    }
    if (manifest.isPresent()) {
      add(manifest.get(), named);
    }
  }

  private void add(Manifest manifest, boolean named) throws RunException {
    long sequence = manifest.sequence();
    try {
      add(manifest);
    } catch (RunException e) {
      requireDamage(e);
      if (named || !isGone(sequence)) {
        wrong(sequence, e.getMessage(), e.remedies());
      }
    } catch (IllegalArgumentException e) {
      wrong(sequence, "backup " + sequence + ": " + e.getMessage(), List.of());
    }
  }

  private static void requireDamage(RunException e) throws RunException {
    if (e.kind() != Kind.REPOSITORY_DAMAGED) {
      throw e;
    }
  }

  /** A backup's pages are deleted after its manifest. */
  private boolean isGone(long sequence) throws RunException {
    try {
      return repository.findManifest(sequence).isEmpty();
    } catch (RunException e) {
      requireDamage(e);
      return false;
    }
  }

  /** A page is shared by backups: what is wrong with it is one finding. */
  private void wrong(long sequence, String fault, List<Remedy> remedies) {
    unreadable.add(sequence);
    for (int i = 0; i < findings.size(); i++) {
      Finding known = findings.get(i);
      if (known.fault().equals(fault)) {
        findings.set(i, known.alsoIn(sequence));
        return;
      }
    }
    findings.add(new Finding(
        Layout.manifest(sequence),
        fault,
        sequence,
        sequence,
        Depth.STRUCTURE,
        remedies.stream().findFirst()));
  }

  private void add(Manifest manifest) throws RunException {
    long sequence = manifest.sequence();
    Map<ObjectName, List<FileEntry>> next = new HashMap<>();
    BackupFiles files = BackupFiles.read(page -> page(page, next), manifest);
    // Pages are shared by neighbours: those of the last backup are enough to remember.
    pages = next;
    files.all().forEach(file -> add(file, sequence));
    manifest.files().index().ifPresent(index -> indexes.putIfAbsent(index, sequence));
    // No list of the manifest names these, but RESTORE.txt uses them.
    CheckpointObjects.direct(manifest).forEach(o -> add(o, Optional.empty(), sequence));
    checkpointFolders.add(new ObjectPrefix(manifest.files().checkpointFolder()));
    backups.add(sequence);
  }

  private List<FileEntry> page(PageEntry page, Map<ObjectName, List<FileEntry>> next)
      throws RunException {
    List<FileEntry> files = pages.get(page.object());
    if (files == null) {
      files = repository.page(page);
    }
    next.put(page.object(), files);
    return files;
  }

  private void add(FileEntry file, long sequence) {
    boolean whole = file.objects().size() == 1;
    if (!whole || SegmentedFiles.isActive(file)) {
      segmented.add(file, sequence);
    }
    for (StoredBytes stored : file.objects()) {
      add(stored, whole ? Optional.of(file) : Optional.empty(), sequence);
    }
  }

  private void add(StoredBytes stored, Optional<FileEntry> file, long sequence) {
    WantedObject known = wanted.get(stored.object());
    if (known != null && !known.stored().equals(stored)) {
      throw new IllegalArgumentException(
          stored.object() + " is described differently than in backup " + known.lastBackup());
    }
    wanted.put(
        stored.object(),
        known == null
            ? new WantedObject(stored, file, sequence, sequence)
            : known.alsoIn(sequence));
  }
}
