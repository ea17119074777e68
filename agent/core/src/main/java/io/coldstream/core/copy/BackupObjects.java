package io.coldstream.core.copy;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.BackupNeeds;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.ObjectName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names every object that a backup needs. Used by one thread. */
final class BackupObjects {

  private final Repository repository;
  private Map<ObjectName, List<FileEntry>> pages = new HashMap<>();

  BackupObjects(Repository repository) {
    this.repository = repository;
  }

  /**
   * The objects of a backup.
   *
   * @return each once, in the order of the groups; the manifest is not among them
   * @throws RunException as {@link BackupFiles#read(BackupFiles.Pages, Manifest)}
   */
  List<StoredBytes> of(Manifest manifest) throws RunException {
    Map<ObjectName, List<FileEntry>> next = new HashMap<>();
    BackupFiles files = BackupFiles.read(page -> page(page, next), manifest);
    // Pages are shared by neighbours: those of the last backup are enough to remember.
    pages = next;
    Map<ObjectName, StoredBytes> objects = new LinkedHashMap<>();
    BackupNeeds.of(manifest).forEach(o -> objects.put(o.object(), o));
    BackupNeeds.of(files.completed()).forEach(o -> objects.put(o.object(), o));
    for (PageEntry page : manifest.files().pages()) {
      objects.put(page.object(), stored(page));
    }
    List<StoredBytes> sorted = new ArrayList<>(objects.values());
    sorted.sort(Comparator.comparing(object -> Group.of(object.object())));
    return sorted;
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

  private static StoredBytes stored(PageEntry page) throws RunException {
    if (!Group.PAGES.prefix().holds(page.object())) {
      throw new RunException(
          Kind.REPOSITORY_DAMAGED,
          page.object() + " is not the name of a page, but a manifest refers to it");
    }
    return BackupNeeds.of(page);
  }
}
