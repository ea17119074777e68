package io.coldstream.core.backup.plan;

import java.util.List;

/**
 * The checkpoint objects of the planned backup.
 *
 * @param folder the object folder, with a trailing slash
 * @param files the files as captured
 * @param direct the ready-made ones for checkpoint mode <i>direct</i>; empty when the folder is
 *     that of the newest backup, which has them already
 */
public record PlannedCheckpoints(
    String folder, List<PlannedFile> files, List<PlannedObject> direct) {

  public PlannedCheckpoints {
    files = List.copyOf(files);
    direct = List.copyOf(direct);
  }
}
