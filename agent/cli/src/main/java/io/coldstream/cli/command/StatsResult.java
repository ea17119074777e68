package io.coldstream.cli.command;

import io.coldstream.cli.output.Formats;
import io.coldstream.core.inspect.ObjectKind;
import io.coldstream.core.inspect.UsageReport;
import io.coldstream.core.repository.Amount;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The result of {@code stats} in {@code json-output.md}. */
record StatsResult(
    String repository, Total total, Total unnamed, List<OfKind> kinds, List<OfBackup> backups) {

  /** A number of objects. */
  record Total(long objects, long bytes) {
    static Total of(Amount amount) {
      return new Total(amount.objects(), amount.bytes());
    }
  }

  /** The objects of a kind. */
  record OfKind(String kind, long objects, long bytes, long unnamedObjects, long unnamedBytes) {}

  /** What a backup takes. */
  record OfBackup(
      long sequence, Instant time, long bytes, long addedBytes, long ownObjects, long ownBytes) {}

  static StatsResult of(String repository, UsageReport report) {
    return new StatsResult(
        repository,
        Total.of(report.total()),
        Total.of(report.totalUnnamed()),
        kinds(report),
        report.backups().stream().map(StatsResult::backup).toList());
  }

  /** The kinds that there are objects of. */
  static List<OfKind> kinds(UsageReport report) {
    return Arrays.stream(ObjectKind.values())
        .filter(report.all()::containsKey)
        .map(kind -> kind(kind, report.all().get(kind), report.unnamed()))
        .toList();
  }

  private static OfKind kind(ObjectKind kind, Amount all, Map<ObjectKind, Amount> unnamed) {
    Amount without = unnamed.getOrDefault(kind, Amount.NONE);
    return new OfKind(
        Formats.name(kind), all.objects(), all.bytes(), without.objects(), without.bytes());
  }

  private static OfBackup backup(UsageReport.OfBackup backup) {
    return new OfBackup(
        backup.manifest().sequence(),
        backup.manifest().origin().time(),
        backup.manifest().totals().bytes(),
        backup.manifest().totals().addedBytes(),
        backup.own().objects(),
        backup.own().bytes());
  }
}
