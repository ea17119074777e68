package io.coldstream.core.backup.upload;

import io.coldstream.core.backup.plan.BackupPlan;
import io.coldstream.core.backup.plan.Uploaded;
import io.coldstream.core.repository.manifest.PageEntry;
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
}
