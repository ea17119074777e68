package io.coldstream.core.prune.policy;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** The intervals of which the newest backup is kept, by the calendar in UTC. */
public enum Interval {
  /** Each backup is an interval of its own. */
  LAST,
  HOURLY,
  DAILY,
  /** The weeks of ISO 8601, which begin on Monday. */
  WEEKLY,
  MONTHLY,
  YEARLY;

  /** {@return its name in rules and reasons} */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The interval in which a backup lies.
   *
   * @param time when it was made
   * @param rank its place among all backups, from 0
   * @return a number that only the backups of the same interval have
   */
  long of(Instant time, long rank) {
    ZonedDateTime utc = time.atZone(ZoneOffset.UTC);
    return switch (this) {
      case LAST -> rank;
      case HOURLY -> utc.getLong(ChronoField.EPOCH_DAY) * 24 + utc.getHour();
      case DAILY -> utc.getLong(ChronoField.EPOCH_DAY);
      case WEEKLY ->
        utc.getLong(IsoFields.WEEK_BASED_YEAR) * 100
            + utc.getLong(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case MONTHLY -> utc.getLong(ChronoField.PROLEPTIC_MONTH);
      case YEARLY -> utc.getYear();
    };
  }
}
