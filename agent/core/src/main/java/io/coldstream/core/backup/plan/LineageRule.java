package io.coldstream.core.backup.plan;

import io.coldstream.core.backup.capture.Capture;
import io.coldstream.core.backup.plan.LineageVerdict.Kind;
import io.coldstream.core.repository.RepositoryInfo;
import io.coldstream.core.repository.RestoredMark;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.eventstore.log.Epoch;
import io.coldstream.eventstore.log.Lineage;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a captured log may follow the newest backup. Epochs decide (number, id,
 * position), never a clock or a name: a stale, wrong, cloned or truncated node must not bury the
 * good one.
 */
public final class LineageRule {

  private final long maxElectionLossBytes;

  /**
   * A rule.
   *
   * @param maxElectionLossBytes how much of the newest backup an election may have discarded
   */
  public LineageRule(long maxElectionLossBytes) {
    this.maxElectionLossBytes = maxElectionLossBytes;
  }

  /**
   * Compares a capture with the newest backup.
   *
   * @param capture what the node holds
   * @param repository where it is to go
   * @param newest the newest backup there
   * @return how they relate
   */
  public LineageVerdict judge(
      Capture capture, RepositoryInfo repository, Optional<Manifest> newest) {
    long restorePoint = capture.log().positions().restorePoint();
    if (!capture.log().lineage().databaseId().equals(repository.databaseId())) {
      return new LineageVerdict(Kind.UNRELATED, 0, 0);
    }
    if (newest.isEmpty()) {
      return new LineageVerdict(Kind.FIRST, restorePoint, 0);
    }
    LineageVerdict verdict = compare(capture.log().lineage(), restorePoint, newest.get());
    return ownEpoch(capture, repository, newest.get())
        .map(own -> cloned(verdict, own))
        .orElse(verdict);
  }

  private static LineageVerdict cloned(LineageVerdict verdict, Epoch own) {
    boolean differs = verdict.kind() != Kind.CONTINUES && verdict.kind() != Kind.BEHIND;
    return new LineageVerdict(
        Kind.CLONE, differs ? verdict.position() : own.position(), verdict.missingBytes());
  }

  /** The first epoch that a clone wrote itself, unless the newest backup already has it. */
  private static Optional<Epoch> ownEpoch(
      Capture capture, RepositoryInfo repository, Manifest newest) {
    Optional<RestoredMark> mark = capture
        .restoredFrom()
        .filter(m -> m.repositoryId().equals(repository.id()) && !m.takesOver());
    return mark.flatMap(m -> capture.log().lineage().epochs().stream()
            .filter(epoch -> epoch.position() >= m.position())
            .findFirst())
        .filter(own -> newest.log().lineage().epochs().stream().noneMatch(own::isSame));
  }

  private LineageVerdict compare(Lineage captured, long restorePoint, Manifest newest) {
    List<Epoch> node = captured.epochs();
    List<Epoch> stored = newest.log().lineage().epochs();
    int common = captured.commonEpochs(newest.log().lineage());
    long storedEnd = newest.log().positions().restorePoint();
    long nodeNext = common < node.size() ? node.get(common).position() : Long.MAX_VALUE;
    long storedNext = common < stored.size() ? stored.get(common).position() : storedEnd;
    if (nodeNext >= storedNext && restorePoint <= storedNext && restorePoint < storedEnd) {
      return new LineageVerdict(Kind.BEHIND, restorePoint, storedEnd - restorePoint);
    }
    long differs = Math.min(nodeNext, storedNext);
    if (differs >= storedEnd) {
      return new LineageVerdict(Kind.CONTINUES, restorePoint, 0);
    }
    long lost = storedEnd - differs;
    boolean byElection = common < node.size()
        && node.get(common).number() > stored.get(stored.size() - 1).number();
    if (!byElection) {
      return new LineageVerdict(Kind.FORKED, differs, lost);
    }
    return new LineageVerdict(
        lost <= maxElectionLossBytes ? Kind.ELECTION_LOSS : Kind.GREAT_ELECTION_LOSS,
        differs,
        lost);
  }
}
