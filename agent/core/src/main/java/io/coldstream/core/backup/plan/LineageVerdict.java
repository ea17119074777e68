package io.coldstream.core.backup.plan;

/**
 * The result of comparing a captured log with the newest backup.
 *
 * @param kind which case it is
 * @param position the first log position at which the two may differ; where the captured log may end
 *     when they do not
 * @param missingBytes how much the newest backup holds from there on, and the node does not
 */
public record LineageVerdict(Kind kind, long position, long missingBytes) {

  /** The cases. */
  public enum Kind {
    /** There is no backup yet. */
    FIRST,
    /** The node holds everything that the newest backup holds, and perhaps more. */
    CONTINUES,
    /**
     * The newest backup holds the end of a leader's log that was never acknowledged and that the
     * cluster discarded.
     */
    ELECTION_LOSS,
    /** The same, but more of it than the limit allows. */
    GREAT_ELECTION_LOSS,
    /** The node holds an older state of what the newest backup holds. */
    BEHIND,
    /** The node left the newest backup's history. */
    FORKED,
    /**
     * The directory was restored from this repository beside its original, a server has written in
     * it since, and the repository has not been told to follow it.
     */
    CLONE,
    /** The repository belongs to another database. */
    UNRELATED
  }
}
