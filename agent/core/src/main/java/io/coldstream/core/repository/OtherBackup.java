package io.coldstream.core.repository;

import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Proposes another backup when the requested one is damaged. */
public final class OtherBackup {

  private final Repository repository;
  private final Probe probe;

  /** Tries whether a backup can be used. */
  @FunctionalInterface
  public interface Probe {
    /**
     * Reads what is needed of a backup.
     *
     * @param sequence its number
     * @return false when it is gone
     * @throws RunException {@link Kind#REPOSITORY_DAMAGED} when it cannot be used
     * @throws IOException when the store fails
     */
    boolean canRead(long sequence) throws RunException, IOException;
  }

  /**
   * A proposal for the backups of one repository.
   *
   * @param repository where the backups are
   * @param probe tries one
   */
  public OtherBackup(Repository repository, Probe probe) {
    this.repository = repository;
    this.probe = probe;
  }

  /**
   * Adds the proposed backup to a failure.
   *
   * @param failure why a backup cannot be used
   * @return the same, with the newest backup that can be read; unchanged for any other kind
   */
  public RunException instead(RunException failure) {
    if (failure.kind() != Kind.REPOSITORY_DAMAGED) {
      return failure;
    }
    try {
      List<Long> sequences = repository.sequences(0);
      for (int i = sequences.size() - 1; i >= 0; i--) {
        long sequence = sequences.get(i);
        if (canRead(sequence)) {
          return with(failure, Remedy.otherBackup(sequence));
        }
      }
      return sequences.isEmpty()
          ? failure
          : new RunException(
              failure.kind(),
              failure.getMessage() + ". No backup of " + repository.url() + " can be read",
              failure);
    } catch (RunException | IOException e) {
      failure.addSuppressed(e);
      return failure;
    }
  }

  private boolean canRead(long sequence) throws RunException, IOException {
    try {
      return probe.canRead(sequence);
    } catch (RunException e) {
      if (e.kind() != Kind.REPOSITORY_DAMAGED) {
        throw e;
      }
      return false;
    }
  }

  private static RunException with(RunException failure, Remedy more) {
    List<Remedy> remedies = new ArrayList<>(failure.remedies());
    remedies.add(more);
    return new RunException(failure.kind(), failure.getMessage(), failure, remedies);
  }
}
