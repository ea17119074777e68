package io.coldstream.core.lock;

import io.coldstream.core.repository.BackupNeeds;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Names all objects without which a backup cannot be restored. Used by one thread. */
final class NeededObjects {

  private final Repository repository;
  private Map<PageEntry, List<ObjectName>> pages = new HashMap<>();
  private Optional<List<ObjectName>> documents = Optional.empty();

  NeededObjects(Repository repository) {
    this.repository = repository;
  }

  /** The objects of a backup, each once. Its pages are read, those of the last one remembered. */
  List<ObjectName> of(Manifest manifest) throws RunException {
    Set<ObjectName> names = new LinkedHashSet<>(documents());
    names.add(Layout.manifest(manifest.sequence()));
    BackupNeeds.of(manifest).stream().map(StoredBytes::object).forEach(names::add);
    Map<PageEntry, List<ObjectName>> next = new HashMap<>();
    for (PageEntry page : manifest.files().pages()) {
      List<ObjectName> objects = pages.containsKey(page) ? pages.get(page) : objects(page);
      next.put(page, objects);
      names.add(page.object());
      names.addAll(objects);
    }
    pages = next;
    return List.copyOf(names);
  }

  private List<ObjectName> objects(PageEntry page) throws RunException {
    return BackupNeeds.of(repository.page(page)).stream()
        .map(StoredBytes::object)
        .toList();
  }

  /** What the repository itself has: a repository made before it has no script. */
  private List<ObjectName> documents() throws RunException {
    if (documents.isEmpty()) {
      List<ObjectName> found = new ArrayList<>(List.of(Layout.REPOSITORY));
      try {
        for (ObjectName name : List.of(Layout.RESTORE_TEXT, Layout.RESTORE_SCRIPT)) {
          repository.store().stat(name).ifPresent(object -> found.add(object.name()));
        }
      } catch (StoreException e) {
        throw RunException.of(e);
      }
      documents = Optional.of(found);
    }
    return documents.get();
  }
}
