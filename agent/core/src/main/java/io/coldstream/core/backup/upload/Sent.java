package io.coldstream.core.backup.upload;

import io.coldstream.core.backup.plan.BackupPlan;
import io.coldstream.core.backup.plan.PlannedObject;
import io.coldstream.core.backup.plan.Uploaded;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.store.ObjectName;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan whose objects are all on the store.
 *
 * @param plan the plan
 * @param pages the page entries of the manifest, in the order of their numbers
 * @param uploaded every digest that the plan does not know
 */
public record Sent(BackupPlan plan, List<PageEntry> pages, Uploaded uploaded) {

  public Sent {
    pages = List.copyOf(pages);
  }

  /**
   * The objects that this backup adds to those of an unchanged page or file.
   *
   * @return what was sent or found, with the pages that were written or found
   */
  public List<ObjectName> added() {
    List<ObjectName> added = new ArrayList<>();
    for (BackupPlan.Group group : BackupPlan.Group.values()) {
      plan.objects(group).stream()
          .filter(object -> object.presence() != PlannedObject.Presence.KNOWN)
          .forEach(object -> added.add(object.name()));
    }
    for (int i = 0; i < pages.size(); i++) {
      if (plan.pages().get(i).unchanged().isEmpty()) {
        added.add(pages.get(i).object());
      }
    }
    return added;
  }
}
