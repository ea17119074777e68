package io.coldstream.core.support.failure;

import io.coldstream.store.ObjectName;
import java.util.List;

/**
 * A command that a user can run next. The engine knows what it is for; the command line writes the
 * command, with the place and the options of the command that was given.
 *
 * @param when in which case it helps, as a sentence that the command completes
 * @param action what to run
 * @param arguments the action's values; none where it has none
 */
public record Remedy(String when, Action action, List<String> arguments) {

  /** What can be run. */
  public enum Action {
    /** A backup that accepts another history of the log. */
    ACCEPT_LINEAGE,
    /** A backup that accepts that an election discarded as many bytes as the argument says. */
    ACCEPT_ELECTION_LOSS,
    /** A backup that looks every object up and sends what is missing or has the wrong length. */
    RECHECK,
    /** A backup that sends the object again that the argument names. */
    RESEND,
    /** The same command for the backup whose number the argument says. */
    OTHER_BACKUP,
    /** The same command for the time that the argument says, with its offset. */
    AT_TIME,
    /** A restore that removes the unfinished one in its target. */
    DISCARD,
    LIST,
    VERIFY,
    /** Resuming what is paused on the node whose address the argument says. */
    RESUME_NODE,
    /** Another program: the arguments are its name and its own arguments. */
    PROGRAM,
    AGAIN
  }

  public Remedy {
    arguments = List.copyOf(arguments);
  }

  /**
   * A remedy without a value.
   *
   * @param when in which case it helps
   * @param action what to run
   */
  public Remedy(String when, Action action) {
    this(when, action, List.of());
  }

  /**
   * To accept an election's loss.
   *
   * @param when in which case it helps
   * @param bytes how much the election may have discarded
   * @return the remedy
   */
  public static Remedy acceptElectionLoss(String when, long bytes) {
    return new Remedy(when, Action.ACCEPT_ELECTION_LOSS, List.of(Long.toString(bytes)));
  }

  /**
   * To send an object again.
   *
   * @param when in which case it helps
   * @param object which object
   * @return the remedy
   */
  public static Remedy resend(String when, ObjectName object) {
    return new Remedy(when, Action.RESEND, List.of(object.value()));
  }

  /**
   * To resume a node.
   *
   * @param when in which case it helps
   * @param address where it listens
   * @return the remedy
   */
  public static Remedy resumeNode(String when, String address) {
    return new Remedy(when, Action.RESUME_NODE, List.of(address));
  }

  /**
   * To use another backup.
   *
   * @param sequence the newest one that can be read
   * @return the remedy
   */
  public static Remedy otherBackup(long sequence) {
    return new Remedy(
        "The newest backup that can be read is " + sequence + ". For that one, run",
        Action.OTHER_BACKUP,
        List.of(Long.toString(sequence)));
  }

  /** {@return the action's one value; empty where it has none} */
  public String argument() {
    return arguments.isEmpty() ? "" : arguments.get(0);
  }
}
