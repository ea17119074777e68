package io.coldstream.core.doctor;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.util.List;
import java.util.Optional;

/**
 * What a doctor found.
 *
 * @param role whose work the identity is to do
 * @param results one for each check, in their order
 * @param leftObjects how many objects of this run stay on the store, 0 or more
 * @param stopped whether a failure ended the examination: what was skipped could not be tried
 */
public record DoctorReport(
    Role role, List<CheckResult> results, long leftObjects, boolean stopped) {

  /** The most severe first: it gives the exit code. */
  private static final List<Kind> BY_SEVERITY =
      List.of(Kind.USAGE, Kind.STORE_UNAVAILABLE, Kind.VERIFICATION_FAILED, Kind.NO_ACCESS);

  /** Copies the results. */
  public DoctorReport {
    results = List.copyOf(results);
  }

  /**
   * How many checks ended in a certain way.
   *
   * @param outcome which
   * @return the count
   */
  public long count(Outcome outcome) {
    return results.stream().filter(result -> result.outcome() == outcome).count();
  }

  /**
   * Ends a run that found something wrong.
   *
   * @throws RunException when a check failed, or none passed; its kind is the most severe one
   */
  public void requireGood() throws RunException {
    Optional<CheckResult> worst = BY_SEVERITY.stream()
        .flatMap(kind -> results.stream().filter(r -> r.failure().equals(Optional.of(kind))))
        .findFirst();
    if (worst.isPresent()) {
      CheckResult first = worst.get();
      throw new RunException(
          first.failure().orElseThrow(),
          count(Outcome.FAILED) + " of " + results.size() + " checks failed, the most severe: "
              + first.name() + ": " + first.what()
              + (first.advice().isEmpty() ? "" : "; " + first.advice()));
    }
    if (count(Outcome.PASSED) == 0) {
      throw new RunException(Kind.VERIFICATION_FAILED, "nothing could be checked");
    }
  }
}
