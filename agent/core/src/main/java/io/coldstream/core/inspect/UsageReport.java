package io.coldstream.core.inspect;

import io.coldstream.core.repository.Amount;
import io.coldstream.core.repository.manifest.Manifest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a repository takes on its store.
 *
 * @param all what there is, by kind
 * @param unnamed what of that no manifest names: left by runs that were cut off, or of a run that is
 *     at work
 * @param backups what each backup takes, the oldest first
 */
public record UsageReport(
    Map<ObjectKind, Amount> all, Map<ObjectKind, Amount> unnamed, List<OfBackup> backups) {

  /** Copies the values. */
  public UsageReport {
    all = Map.copyOf(all);
    unnamed = Map.copyOf(unnamed);
    backups = List.copyOf(backups);
  }

  /**
   * A backup.
   *
   * @param manifest the backup
   * @param own what no other backup needs, with its manifest: what its removal would free
   */
  public record OfBackup(Manifest manifest, Amount own) {}

  /** {@return the sum over all kinds} */
  public Amount total() {
    return sum(all);
  }

  /** {@return the sum of what no manifest names} */
  public Amount totalUnnamed() {
    return sum(unnamed);
  }

  private static Amount sum(Map<ObjectKind, Amount> amounts) {
    return amounts.values().stream().reduce(Amount.NONE, Amount::plus);
  }

  /** Adds an object to the amount of its kind. */
  static void add(EnumMap<ObjectKind, Amount> amounts, ObjectKind kind, long lengthBytes) {
    amounts.merge(kind, new Amount(1, lengthBytes), (one, other) -> one.plus(lengthBytes));
  }
}
