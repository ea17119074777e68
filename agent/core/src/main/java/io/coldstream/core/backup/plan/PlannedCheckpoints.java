package io.coldstream.core.backup.plan;

import java.util.List;

/**
 * The checkpoint objects of the planned backup.
 *
 * @param folder the object folder, with a closing slash
 * @param files the files as captured
 * @param direct the ready-made ones for the direct arrangement; empty when the folder is one of the
 *     newest backup, where everything stands already
 */
public record PlannedCheckpoints(
    String folder, List<PlannedFile> files, List<PlannedObject> direct) {

  public PlannedCheckpoints {
    files = List.copyOf(files);
    direct = List.copyOf(direct);
  }
}
