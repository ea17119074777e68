package io.coldstream.core.backup;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.ObjectName;
import java.util.Optional;
import java.util.Set;

/**
 * What the user asked of a backup, beyond which database and which store.
 *
 * @param url the repository as people call it, without user info or query
 * @param host this machine's name
 * @param agentVersion this program's version
 * @param serverVersion the database's version, where known
 * @param label what the user calls this backup
 * @param dryRun whether to stop at the plan
 * @param recheck whether presence and length of every object are looked up
 * @param resend objects to be sent once more under another name
 * @param newLineage whether a fork, or a clone in its original's place, is accepted
 * @param maxElectionLossBytes how much of the newest backup an election may have discarded
 */
public record BackupOptions(
    String url,
    String host,
    String agentVersion,
    Optional<String> serverVersion,
    Optional<String> label,
    boolean dryRun,
    boolean recheck,
    Set<ObjectName> resend,
    boolean newLineage,
    long maxElectionLossBytes) {

  /** How much an election may have discarded where nothing else is said: 16 MiB. */
  public static final long DEFAULT_MAX_ELECTION_LOSS_BYTES = 16L << 20;

  /** How often a repeat may store nothing new before the run gives up. */
  public static final int MAX_FRUITLESS_REPEATS = 5;

  /** How often another writer may win before the run gives up. */
  public static final int MAX_LOSSES = 5;

  /** How many captures a run makes, even when each stores something new. */
  public static final int MAX_CAPTURES = 50;

  /** How long a label may be, in characters. */
  public static final int MAX_LABEL_CHARACTERS = 200;

  /**
   * Checks and copies the values; the label is checked by the run.
   *
   * @throws IllegalArgumentException for a negative limit
   */
  public BackupOptions {
    resend = Set.copyOf(resend);
    if (maxElectionLossBytes < 0) {
      throw new IllegalArgumentException("election loss of " + maxElectionLossBytes + " bytes");
    }
  }

  /** Refuses what a user can have mistyped. */
  void check() throws RunException {
    if (label.isPresent() && !isText(label.get())) {
      throw new RunException(
          RunException.Kind.USAGE,
          "--label: must have 1 to " + MAX_LABEL_CHARACTERS + " characters, and no control"
              + " characters such as a line's end");
    }
  }

  private static boolean isText(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_LABEL_CHARACTERS
        && text.codePoints().noneMatch(c -> Character.isISOControl(c) || isSurrogate(c));
  }

  /** Half of a character, which UTF-8 cannot hold. */
  private static boolean isSurrogate(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE;
  }

  /**
   * The usual.
   *
   * @param url the repository as people call it
   * @param host this machine's name
   * @param agentVersion this program's version
   * @return options with every default
   */
  public static BackupOptions of(String url, String host, String agentVersion) {
    return new BackupOptions(
        url,
        host,
        agentVersion,
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        Set.of(),
        false,
        DEFAULT_MAX_ELECTION_LOSS_BYTES);
  }
}
