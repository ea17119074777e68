package io.coldstream.core.backup;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.ObjectName;
import java.util.Optional;
import java.util.Set;

/**
 * What the user asked for. The {@link io.coldstream.core.backup.capture.CaptureStep} knows which
 * database is captured.
 *
 * @param url the URL of the repository for messages, without user info or query
 * @param label what the user calls this backup
 * @param withoutIndex whether the index is excluded without being read
 * @param dryRun whether to stop at the plan
 * @param recheck whether presence and length of every object are checked on the store
 * @param resend objects to upload again under another name
 * @param newLineage whether a fork, or a clone in its original's place, is accepted
 * @param maxElectionLossBytes how much of the newest backup an election may have discarded
 */
public record BackupRequest(
    String url,
    Optional<String> label,
    boolean withoutIndex,
    boolean dryRun,
    boolean recheck,
    Set<ObjectName> resend,
    boolean newLineage,
    long maxElectionLossBytes) {

  /** The default of {@code maxElectionLossBytes}: 16 MiB. */
  public static final long DEFAULT_MAX_ELECTION_LOSS_BYTES = 16L << 20;

  /** How long a label may be, in characters. */
  public static final int MAX_LABEL_CHARACTERS = 200;

  /**
   * Checks and copies the values; the label is checked by the run.
   *
   * @throws IllegalArgumentException for a negative limit
   */
  public BackupRequest {
    resend = Set.copyOf(resend);
    if (maxElectionLossBytes < 0) {
      throw new IllegalArgumentException("election loss of " + maxElectionLossBytes + " bytes");
    }
  }

  /** Refuses a label that is empty, too long or not plain text. */
  void check() throws RunException {
    if (label.isPresent() && !isText(label.get())) {
      throw new RunException(
          RunException.Kind.USAGE,
          "--label must have 1 to " + MAX_LABEL_CHARACTERS + " characters, and no control"
              + " characters such as a line feed");
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
   * A request with every default.
   *
   * @param url the URL of the repository, for messages
   * @return the request
   */
  public static BackupRequest of(String url) {
    return new BackupRequest(
        url,
        Optional.empty(),
        false,
        false,
        false,
        Set.of(),
        false,
        DEFAULT_MAX_ELECTION_LOSS_BYTES);
  }
}
