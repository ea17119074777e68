package io.coldstream.core.repository;

import io.coldstream.core.repository.manifest.UnknownFormatException;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.json.FormatException;

/** Describes how to repair a damaged manifest or repository document. */
public final class Repair {

  private Repair() {}

  /**
   * What to do about a manifest that cannot be read.
   *
   * @param failure why it cannot be read
   * @param sequence its number
   * @return how backups can continue, as the rest of a sentence that begins with a semicolon; empty
   *     where the manifest is not damaged, so that the failure itself says what to do
   */
  public static String ofManifest(RunException failure, long sequence) {
    return isDamage(failure)
        ? "; restore an earlier version or a copy of that object. If there is none, rename it to "
            + Layout.setAside(sequence)
            + ": it is then no longer a backup, its number is not used again, and all other"
            + " backups stay unchanged"
        : "";
  }

  /**
   * What to do about {@code coldstream.json}.
   *
   * @param failure why it cannot be read
   * @return as {@link #ofManifest}
   */
  static String ofRepository(RunException failure) {
    return isDamage(failure)
        ? "; restore an earlier version or a copy of that object, or write it again from any"
            + " manifest (see Repository format). A restore by hand (RESTORE.txt) works without it"
        : "";
  }

  private static boolean isDamage(RunException failure) {
    return failure.getCause() instanceof FormatException
        && !(failure.getCause() instanceof UnknownFormatException);
  }
}
