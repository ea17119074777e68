package io.coldstream.core.doctor;

import io.coldstream.core.support.failure.RunException.Kind;
import java.util.Optional;

/**
 * What one check found.
 *
 * @param name what was checked, for people
 * @param outcome how it ended
 * @param what what was met
 * @param advice what to do about it; empty when nothing
 * @param failure what a failed check means for a run; empty unless {@link Outcome#FAILED}
 */
public record CheckResult(
    String name, Outcome outcome, String what, String advice, Optional<Kind> failure) {

  /**
   * Checks that exactly a failed check has a kind.
   *
   * @throws IllegalArgumentException otherwise
   */
  public CheckResult {
    if (failure.isPresent() != (outcome == Outcome.FAILED)) {
      throw new IllegalArgumentException(name + ": " + outcome + ", " + failure);
    }
  }

  static CheckResult passed(String name, String what) {
    return new CheckResult(name, Outcome.PASSED, what, "", Optional.empty());
  }

  static CheckResult warning(String name, String what, String advice) {
    return new CheckResult(name, Outcome.WARNING, what, advice, Optional.empty());
  }

  static CheckResult skipped(String name, String why) {
    return new CheckResult(name, Outcome.SKIPPED, why, "", Optional.empty());
  }

  static CheckResult failed(String name, Kind kind, String what, String advice) {
    return new CheckResult(name, Outcome.FAILED, what, advice, Optional.of(kind));
  }

  /** The store does something else than it says. */
  static CheckResult misbehaves(String name, String what, String advice) {
    return failed(name, Kind.VERIFICATION_FAILED, what, advice);
  }
}
