package io.coldstream.core.doctor;

import io.coldstream.store.StoreException;
import io.coldstream.store.spi.StoreFact;
import io.coldstream.store.spi.StoreFact.Topic;
import io.coldstream.store.spi.StoreReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the provider reports, as results beside those of the checks. */
final class Facts {

  /** A request that is signed with a time that differs by fifteen minutes is refused by most. */
  private static final Duration TOLERATED = Duration.ofMinutes(1);

  private final Optional<StoreReport> report;
  private final String whyNot;

  private Facts(Optional<StoreReport> report, String whyNot) {
    this.report = report;
    this.whyNot = whyNot;
  }

  /** Asks. A provider that cannot be asked is no failure: the checks report why. */
  static Facts ask(StoreDescription.Inspection inspection) {
    try {
      return new Facts(Optional.of(inspection.ask()), "the store does not report it");
    } catch (StoreException e) {
      return new Facts(Optional.empty(), e.getMessage());
    }
  }

  /** Whether the store denies a request also for a name that does not exist. */
  boolean permissionFirst() {
    return report.filter(StoreReport::permissionFirst).isPresent();
  }

  /** The identity, the region, the store and its clock, which explain the results of the checks. */
  List<CheckResult> before() {
    List<CheckResult> results = new ArrayList<>();
    for (Topic topic : List.of(Topic.IDENTITY, Topic.REGION, Topic.STORE)) {
      results.add(result(topic));
    }
    results.add(clock());
    return results;
  }

  /** How the store keeps and protects objects. */
  List<CheckResult> after() {
    return Stream.of(Topic.VERSIONING, Topic.RETENTION, Topic.EXPIRY, Topic.ENCRYPTION)
        .map(this::result)
        .toList();
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

  /** Why writers are not excluded, in the place of the check that would find out; usually empty. */
  Optional<CheckResult> oneWriter() {
    return report.flatMap(r -> r.about(Topic.CREATION)).map(fact -> result(Topic.CREATION));
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
            "set the clock: stores refuse requests when it differs by more than a few minutes");
  }

  private static String name(Topic topic) {
    return switch (topic) {
      case IDENTITY -> "credentials";
      case REGION -> "region";
      case STORE -> "store";
      case VERSIONING -> "versioning";
      case RETENTION -> "object lock";
      case ENCRYPTION -> "default encryption";
      case CREATION -> CreateChecks.RACE;
      case EXPIRY -> "expiry of objects";
    };
  }
}
