package io.coldstream.core.restore.plan;

import java.util.Locale;

/** How the checkpoints are set, and by that how the server meets the restored log. */
public enum CheckpointMode {
  /** As a node leaves them that stopped cleanly at the restore point: one start on every version. */
  DIRECT,
  /**
   * As the database's documentation has it: truncate.chk is a copy of chaser.chk, and the server cuts
   * the log there. Servers from 24.6 on then exit with code 0 and must be started again.
   */
  TRUNCATE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
