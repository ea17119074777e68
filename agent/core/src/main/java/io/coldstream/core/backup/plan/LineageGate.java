package io.coldstream.core.backup.plan;

import io.coldstream.core.backup.capture.Capture;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.ForkedFrom;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.support.failure.Remedy.Action;
import io.coldstream.core.support.failure.RunException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Accepts or refuses a lineage verdict, with the likely cause and the remedies. */
public final class LineageGate {

  private final LineageRule rule;
  private final boolean newLineage;
  private final RunListener listener;

  /**
   * A gate.
   *
   * @param rule finds the verdict
   * @param newLineage whether the user has accepted that the node has another history
   * @param listener is warned of an accepted verdict that people should know of
   */
  public LineageGate(LineageRule rule, boolean newLineage, RunListener listener) {
    this.rule = rule;
    this.newLineage = newLineage;
    this.listener = listener;
  }

  /**
   * Decides whether a capture may follow the newest backup.
   *
   * @param capture what the node holds
   * @param repository where it is to go; empty when there is none yet, and nothing to compare with
   * @param newest the newest backup there
   * @return where the new backup leaves the newest one's history, if it does
   * @throws RunException {@link RunException.Kind#CONFLICT} when it must not follow that backup
   */
  public Optional<ForkedFrom> pass(
      Capture capture, Optional<Repository> repository, Optional<Manifest> newest)
      throws RunException {
    return repository.isPresent() ? pass(capture, repository.get(), newest) : Optional.empty();
  }

  private Optional<ForkedFrom> pass(
      Capture capture, Repository repository, Optional<Manifest> newest) throws RunException {
    LineageVerdict verdict = rule.judge(capture, repository.info(), newest);
    long sequence = newest.map(Manifest::sequence).orElse(0L);
    switch (verdict.kind()) {
      case FIRST, CONTINUES:
        return Optional.empty();
      case ELECTION_LOSS:
        warn(
            newLineage
                ? followed(verdict, sequence, repository.url())
                : electionLoss(verdict, sequence));
        break;
      case GREAT_ELECTION_LOSS, FORKED, CLONE:
        if (!newLineage) {
          throw refusal(verdict, sequence, capture, repository.url());
        }
        warn(followed(verdict, sequence, repository.url()));
        break;
      case BEHIND:
        throw behind(verdict, sequence, repository.url());
      case UNRELATED:
        throw unrelated(capture, repository);
    }
    return Optional.of(new ForkedFrom(sequence, verdict.position()));
  }

  private static String electionLoss(LineageVerdict verdict, long sequence) {
    return "backup " + sequence + " holds " + verdict.missingBytes() + " bytes from position "
        + verdict.position() + " on that this cluster discarded in an election and never"
        + " acknowledged; this backup holds what the cluster kept";
  }

  private static String followed(LineageVerdict verdict, long sequence, String url) {
    return "from now on, " + url + " follows a new lineage from position " + verdict.position()
        + " on, as requested; "
        + (verdict.missingBytes() == 0
            ? "it has everything that backup " + sequence + " holds"
            : "the " + verdict.missingBytes() + " bytes from position " + verdict.position()
                + " to " + (verdict.position() + verdict.missingBytes())
                + " of the old lineage are not in the new one: only backup " + sequence
                + " and those before it have them");
  }

  private static RunException refusal(
      LineageVerdict verdict, long sequence, Capture capture, String url) {
    if (verdict.kind() == LineageVerdict.Kind.CLONE) {
      long restored = capture.restoredFrom().orElseThrow().sequence();
      return conflict(
          "this directory was restored from backup " + restored + " of " + url
              + ", and a server has written in it since, from position " + verdict.position()
              + " on. If it is a test copy and its original is still in use, back it up under its"
              + " own prefix",
          new Remedy("If it has replaced the original, run", Action.ACCEPT_LINEAGE));
    }
    List<Remedy> remedies = new ArrayList<>();
    if (verdict.kind() == LineageVerdict.Kind.GREAT_ELECTION_LOSS) {
      remedies.add(Remedy.acceptElectionLoss(
          "If an election of its cluster discarded that much, run", verdict.missingBytes()));
    }
    remedies.add(new Remedy("If it was restored on purpose, run", Action.ACCEPT_LINEAGE));
    return conflict(
        "this node's log diverges from that of backup " + sequence + " in " + url + " at position "
            + verdict.position() + ". That backup holds " + verdict.missingBytes()
            + " bytes that this node does not have. Probably the node was restored to an earlier"
            + " point, or"
            + " is a copy. If another node holds the complete log, back up that one",
        remedies.toArray(Remedy[]::new));
  }

  private static RunException behind(LineageVerdict verdict, long sequence, String url) {
    return conflict(
        "this node's log ends at position " + verdict.position() + ", "
            + verdict.missingBytes() + " bytes before that of backup " + sequence + " in " + url
            + ": it is stale (a follower that lags, a node that was cut off, an old copy). Wait"
            + " until it has caught up and run this again, or back up another node",
        new Remedy(
            "If it was restored on purpose to an earlier point, start its server once, then run",
            Action.ACCEPT_LINEAGE));
  }

  private static RunException unrelated(Capture capture, Repository repository) {
    return conflict(
        repository.url() + " belongs to database " + repository.info().databaseId()
            + ", this directory to " + capture.log().lineage().databaseId()
            + ". Check the directory and the URL, or give this database its own prefix");
  }

  private static RunException conflict(String message, Remedy... remedies) {
    return new RunException(RunException.Kind.CONFLICT, message, null, List.of(remedies));
  }

  private void warn(String text) {
    listener.on(new RunEvent.Warning(text));
  }
}
