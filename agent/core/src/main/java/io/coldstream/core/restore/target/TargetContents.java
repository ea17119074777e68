package io.coldstream.core.restore.target;

import io.coldstream.core.repository.RestoredMark;
import io.coldstream.core.restore.plan.RestorePlan;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a target holds.
 *
 * @param state how far a restore came there
 * @param attempt what the restore that is unfinished, or was not cleaned up, is at
 * @param restored what a restore left behind
 */
public record TargetContents(
    State state, Optional<Attempt> attempt, Optional<RestoredMark> restored) {

  /** How far a restore came. */
  public enum State {
    /** Nothing that matters, or the beginnings of a mark. */
    EMPTY,
    /** A database whose files a restore may use, as asked. */
    REUSABLE,
    /** An attempt under its mark. */
    UNFINISHED,
    /** A restore that set chaser.chk; perhaps a server has run since. */
    COMMITTED
  }

  /** What was restored is a database: --discard does not touch it. */
  static final String MOVE = "move this one away";

  private boolean isFinished() {
    return state == State.COMMITTED;
  }

  /**
   * Whether the target held a database when the restore began, whose files are not the restore's own.
   *
   * @return true for a new restore as for an attempt
   */
  public boolean reuses() {
    return state == State.REUSABLE || attempt.filter(Attempt::reuses).isPresent();
  }

  /**
   * Tells which backup an earlier restore in this target was of.
   *
   * @param repositoryId the repository that is restored from
   * @return its number; empty when there was none
   * @throws RunException when that restore was from another repository
   */
  public OptionalLong remembered(String repositoryId) throws RunException {
    String id = attempt
        .map(Attempt::repositoryId)
        .or(() -> restored.map(RestoredMark::repositoryId))
        .orElse(repositoryId);
    if (!id.equals(repositoryId)) {
      throw refused("the target holds "
          + (isFinished() ? "a finished" : "an unfinished")
          + " restore from another repository, " + id
          + "; nothing was changed. Restore into another directory, or "
          + (isFinished() ? MOVE : "finish it from that repository"));
    }
    Optional<Long> sequence =
        attempt.map(Attempt::sequence).or(() -> restored.map(RestoredMark::sequence));
    return sequence.isPresent() ? OptionalLong.of(sequence.get()) : OptionalLong.empty();
  }

  /**
   * Refuses an attempt at something else.
   *
   * @param plan the requested restore
   * @param target where
   * @throws RunException naming what the attempt is, and what to do
   */
  public void requireSame(RestorePlan plan, Target target) throws RunException {
    Attempt asked = Attempt.of(plan, target, reuses());
    if (attempt.isPresent() && !attempt.get().equals(asked)) {
      throw refused(target.database()
          + (isFinished() ? " holds a finished" : " holds an unfinished")
          + " restore of " + attempt.get() + "; requested was " + asked
          + (isFinished()
              ? ". Restore into another directory, or " + MOVE
              : ". Finish the first restore with its own options"));
    }
  }

  /** A restore that reuses files of the user's is not discarded, nor is a finished one. */
  private RunException refused(String why) {
    return new RunException(
        Kind.TARGET_REFUSED,
        why,
        null,
        isFinished() || reuses()
            ? List.of()
            : List.of(new Remedy(
                "To remove the unfinished restore instead, run", Remedy.Action.DISCARD)));
  }
}
