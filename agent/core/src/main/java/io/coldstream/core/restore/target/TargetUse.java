package io.coldstream.core.restore.target;

import java.nio.file.Path;
import java.util.Optional;

/** Finds out whether another process uses a directory. No sign does not prove that none does. */
@FunctionalInterface
public interface TargetUse {

  /**
   * Looks for a sign of use.
   *
   * @param folder a directory, without links
   * @return who uses what, as a sentence without its end; empty when there is no sign
   */
  Optional<String> sign(Path folder);
}
