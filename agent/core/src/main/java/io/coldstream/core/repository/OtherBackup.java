package io.coldstream.core.repository;

import io.coldstream.core.failure.RunException;
import io.coldstream.core.failure.RunException.Kind;
import java.io.IOException;
import java.util.List;
import java.util.function.LongFunction;

/** Names the backup to use in the place of one that is damaged, and the command that does it. */
public final class OtherBackup {

  private final Repository repository;
  private final Probe probe;
  private final LongFunction<String> command;

  /** Tries whether a backup can be used. */
  @FunctionalInterface
  public interface Probe {
    /**
     * Reads what is needed of a backup.
     *
     * @param sequence its number
     * @return false when it is gone
     * @throws RunException {@link Kind#REPOSITORY_DAMAGED} when it cannot be used
     * @throws IOException when the store cannot tell
     */
    boolean canRead(long sequence) throws RunException, IOException;
  }

  /**
   * For one command.
   *
   * @param repository where the backups are
   * @param probe tries one
   * @param command the command that uses one
   */
  public OtherBackup(Repository repository, Probe probe, LongFunction<String> command) {
    this.repository = repository;
    this.probe = probe;
    this.command = command;
  }

  /**
   * Completes a failure.
   *
   * @param failure why a backup cannot be used
   * @return the same, with the newest backup that can be read; as it is for any other kind
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
          return with(
              failure,
              "The newest backup that can be read is " + sequence + "; for that one, run\n  "
                  + command.apply(sequence));
        }
      }
      return sequences.isEmpty()
          ? failure
          : with(failure, "No backup of " + repository.url() + " can be read");
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

  private static RunException with(RunException failure, String more) {
    return new RunException(failure.kind(), failure.getMessage() + ". " + more, failure);
  }
}
