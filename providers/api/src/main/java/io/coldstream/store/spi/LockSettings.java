package io.coldstream.store.spi;

import io.coldstream.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How objects are locked against removal.
 *
 * @param period how long a lock is, from 1 to 36,500 days
 * @param margin a lock that ends within this time is extended; shorter than the period, and by
 *     default a third of it
 * @param mode who may end a lock early
 */
public record LockSettings(Duration period, Duration margin, Mode mode) {

  /** The names of the settings. */
  public static final Set<String> NAMES = Set.of("lock", "lock-margin", "lock-mode");

  private static final Duration MIN_PERIOD = Duration.ofDays(1);
  private static final Duration MAX_PERIOD = Duration.ofDays(36_500);
  private static final int DEFAULT_SHARE = 3;

  /** Who may end a lock early. */
  public enum Mode {
    /** Whoever has a permission that no identity of Coldstream needs. */
    GOVERNANCE,
    /** Nobody. */
    COMPLIANCE
  }

  /**
   * Reads them.
   *
   * @param values names and values as configured
   * @return the settings; empty when nothing is to be locked
   * @throws StoreException {@link StoreException.Kind#REJECTED} for a wrong value, and for a margin or
   *     a mode without a lock
   */
  static Optional<LockSettings> of(Map<String, String> values) throws StoreException {
    if (!values.containsKey("lock")) {
      for (String name : new String[] {"lock-margin", "lock-mode"}) {
        if (values.containsKey(name)) {
          throw Refusals.setting(name, "needs the setting \"lock\", such as lock=30d");
        }
      }
      return Optional.empty();
    }
    Duration period = Quantity.duration(values.get("lock"))
        .filter(d -> d.compareTo(MIN_PERIOD) >= 0 && d.compareTo(MAX_PERIOD) <= 0)
        .orElseThrow(() -> Refusals.setting(
            "lock",
            "must be a duration from 1d to 36500d such as 30d" + Refusals.not(values.get("lock"))));
    return Optional.of(new LockSettings(period, margin(values, period), mode(values)));
  }

  private static Duration margin(Map<String, String> values, Duration period)
      throws StoreException {
    String value = values.get("lock-margin");
    if (value == null) {
      return period.dividedBy(DEFAULT_SHARE);
    }
    return Quantity.duration(value)
        .filter(margin -> margin.compareTo(period) < 0)
        .orElseThrow(() -> Refusals.setting(
            "lock-margin",
            "must be a duration such as 10d, shorter than the setting \"lock\""
                + Refusals.not(value)));
  }

  private static Mode mode(Map<String, String> values) throws StoreException {
    return switch (values.getOrDefault("lock-mode", "governance")) {
      case "governance" -> Mode.GOVERNANCE;
      case "compliance" -> Mode.COMPLIANCE;
      default -> throw Refusals.setting("lock-mode", "must be governance or compliance");
    };
  }

  /**
   * When a lock ends that begins now.
   *
   * @param now the present
   * @return the end, in whole seconds
   */
  public Instant until(Instant now) {
    return now.plus(period).truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * Whether a lock is to be extended.
   *
   * @param end when it ends
   * @param now the present
   * @return true when it ends within the margin, or has ended
   */
  public boolean isDue(Instant end, Instant now) {
    return end.isBefore(now.plus(margin));
  }
}
