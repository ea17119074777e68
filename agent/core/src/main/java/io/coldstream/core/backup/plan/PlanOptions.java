package io.coldstream.core.backup.plan;

import io.coldstream.store.ObjectName;
import java.util.Set;

/**
 * What a plan shall do beyond the usual.
 *
 * @param run the run's id, which names the folder of the small files
 * @param recheck whether presence and length of every object are looked up, also where a manifest
 *     names it
 * @param resend objects that are to be sent once more under another name, because what is stored
 *     under theirs was altered
 */
public record PlanOptions(String run, boolean recheck, Set<ObjectName> resend) {

  /** Copies the set. */
  public PlanOptions {
    resend = Set.copyOf(resend);
  }
}
