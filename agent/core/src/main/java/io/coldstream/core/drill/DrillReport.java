package io.coldstream.core.drill;

import io.coldstream.core.drill.events.Compared;
import io.coldstream.core.drill.events.LoggedEvent;
import io.coldstream.core.restore.plan.RestorePlan;
import io.coldstream.core.support.events.Step;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.ObjectName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The result of a drill.
 *
 * @param plan what was restored
 * @param server the server
 * @param compared what was compared
 * @param last the last event of the restored log, where one was found
 * @param failure what is wrong; empty when the backup is proved
 * @param steps how long each step took, in their order
 * @param stored where the result is in the repository; empty when it could not be stored
 * @param kept the drill's folder, where it stays
 */
public record DrillReport(
    RestorePlan plan,
    Server server,
    Compared compared,
    Optional<LoggedEvent> last,
    Optional<Failure> failure,
    List<StepTime> steps,
    Optional<ObjectName> stored,
    Optional<Path> kept) {

  /** What a recovery would do, too. */
  private static final Set<Step> RECOVERY =
      EnumSet.of(Step.PREFLIGHT, Step.DOWNLOAD, Step.ARRANGE, Step.START_SERVER);

  public DrillReport {
    steps = List.copyOf(steps);
  }

  /**
   * The server of a drill.
   *
   * @param name its program or image
   * @param version the version that it stated
   * @param starts how often it was started until it was ready; 0 when it never was
   * @param killed whether it had to be killed at the end
   */
  public record Server(String name, Optional<String> version, int starts, boolean killed) {}

  /**
   * Why a drill failed.
   *
   * @param step in which step
   * @param faults what was found, at least one
   * @param output what the server had printed last
   */
  public record Failure(Step step, List<String> faults, List<String> output) {
    public Failure {
      faults = List.copyOf(faults);
      output = List.copyOf(output);
    }
  }

  /** {@return whether a server started on the backup and answered the stored events} */
  public boolean isProved() {
    return failure.isEmpty();
  }

  /**
   * How long it took until the server was ready: what a recovery would have taken here.
   *
   * @return the sum of the steps up to the start; empty when it was never ready
   */
  public Optional<Duration> ready() {
    return server.starts() == 0 ? Optional.empty() : Optional.of(sum(RECOVERY));
  }

  /** {@return how long all of it took} */
  public Duration took() {
    return sum(EnumSet.allOf(Step.class));
  }

  private Duration sum(Set<Step> which) {
    return steps.stream()
        .filter(step -> which.contains(step.step()))
        .map(StepTime::took)
        .reduce(Duration.ZERO, Duration::plus);
  }

  DrillReport with(Optional<ObjectName> object) {
    return new DrillReport(plan, server, compared, last, failure, steps, object, kept);
  }

  /**
   * Ends a command whose drill failed.
   *
   * @throws RunException {@link Kind#VERIFICATION_FAILED} unless {@link #isProved()}
   */
  public void requireProved() throws RunException {
    if (failure.isPresent()) {
      List<String> faults = failure.get().faults();
      throw new RunException(
          Kind.VERIFICATION_FAILED,
          "the drill of backup " + plan.backup().sequence() + " failed: " + faults.get(0)
              + (faults.size() > 1 ? " (and " + (faults.size() - 1) + " more)" : ""));
    }
  }
}
