package io.coldstream.core.prune;

import io.coldstream.core.prune.policy.DatedBackup;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.store.ObjectName;
import java.util.List;

/**
 * What a prune keeps in memory of a manifest.
 *
 * @param dated what the rules need
 * @param objects what the manifest itself names, and the manifest
 * @param pages its pages, whose entries are objects too
 */
record StoredBackup(DatedBackup dated, List<ObjectName> objects, List<PageEntry> pages) {

  StoredBackup {
    objects = List.copyOf(objects);
    pages = List.copyOf(pages);
  }
}
