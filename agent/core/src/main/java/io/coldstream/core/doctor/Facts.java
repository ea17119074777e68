package io.coldstream.core.doctor;

import io.coldstream.store.StoreException;
import io.coldstream.store.spi.StoreFact;
import io.coldstream.store.spi.StoreFact.Topic;
import io.coldstream.store.spi.StoreReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the provider tells, as results beside those of the checks. */
final class Facts {

  /** A request that is signed with a time that differs by fifteen minutes is refused by most. */
  private static final Duration TOLERATED = Duration.ofMinutes(1);

  private final Optional<StoreReport> report;
  private final String whyNot;

  private Facts(Optional<StoreReport> report, String whyNot) {
    this.report = report;
    this.whyNot = whyNot;
  }

  /** Asks; a provider that cannot be asked is no failure: the checks will say why. */
  static Facts ask(DoctorParts.Inspection inspection) {
    try {
      return new Facts(Optional.of(inspection.ask()), "the store does not tell");
    } catch (StoreException e) {
      return new Facts(Optional.empty(), e.getMessage());
    }
  }

  /** Whether a name that is not there is enough to try a permission on. */
  boolean permissionFirst() {
    return report.filter(StoreReport::permissionFirst).isPresent();
  }

  /** Who, where, which store and what time: what the checks that follow are to be read by. */
  List<CheckResult> before() {
    List<CheckResult> results = new ArrayList<>();
    for (Topic topic : List.of(Topic.IDENTITY, Topic.REGION, Topic.STORE)) {
      results.add(result(topic));
    }
    results.add(clock());
    return results;
  }

  /** What keeps and protects what is stored. */
  List<CheckResult> after() {
    return List.of(result(Topic.VERSIONING), result(Topic.RETENTION), result(Topic.ENCRYPTION));
  }

  private CheckResult result(Topic topic) {
    Optional<StoreFact> fact = report.flatMap(r -> r.about(topic));
    if (fact.isEmpty()) {
      return CheckResult.skipped(name(topic), whyNot);
    }
    return switch (fact.get().severity()) {
      case GOOD -> CheckResult.passed(name(topic), fact.get().what());
      case CONCERN ->
        CheckResult.warning(name(topic), fact.get().what(), fact.get().advice());
      case UNKNOWN -> CheckResult.skipped(name(topic), fact.get().what());
    };
  }

  private CheckResult clock() {
    Optional<Duration> ahead = report.flatMap(StoreReport::clockAhead);
    if (ahead.isEmpty()) {
      return CheckResult.skipped("clock", whyNot);
    }
    long seconds = Math.abs(ahead.get().toSeconds());
    String which = ahead.get().isNegative() ? "ahead of" : "behind";
    return ahead.get().abs().compareTo(TOLERATED) <= 0
        ? CheckResult.passed("clock", "differs from the store's by " + seconds + " s")
        : CheckResult.warning(
            "clock",
            "this machine's clock is " + seconds + " s " + which + " the store's",
            "set the clock: stores refuse requests when it differs by more than some minutes");
  }

  private static String name(Topic topic) {
    return switch (topic) {
      case IDENTITY -> "credentials";
      case REGION -> "region";
      case STORE -> "store";
      case VERSIONING -> "versioning";
      case RETENTION -> "object lock";
      case ENCRYPTION -> "default encryption";
    };
  }
}
