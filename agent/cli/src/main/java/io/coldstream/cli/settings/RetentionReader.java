package io.coldstream.cli.settings;

import io.coldstream.core.prune.policy.Interval;
import io.coldstream.core.prune.policy.RetentionPolicy;
import io.coldstream.core.prune.policy.RetentionWindow;
import io.coldstream.core.support.failure.RunException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the rules of a retention. */
final class RetentionReader {

  private static final Map<Interval, Setting> COUNTS = new EnumMap<>(Map.of(
      Interval.LAST, Setting.KEEP_LAST,
      Interval.HOURLY, Setting.KEEP_HOURLY,
      Interval.DAILY, Setting.KEEP_DAILY,
      Interval.WEEKLY, Setting.KEEP_WEEKLY,
      Interval.MONTHLY, Setting.KEEP_MONTHLY,
      Interval.YEARLY, Setting.KEEP_YEARLY));

  private RetentionReader() {}

  static RetentionPolicy policy(Map<Setting, Located> written) throws RunException {
    Map<Interval, Integer> counts = new EnumMap<>(Interval.class);
    for (Map.Entry<Interval, Setting> rule : COUNTS.entrySet()) {
      Located count = written.get(rule.getValue());
      if (count != null) {
        counts.put(rule.getKey(), Values.keptCount(rule.getValue(), count));
      }
    }
    Located within = written.get(Setting.KEEP_WITHIN);
    Located label = written.get(Setting.KEEP_LABEL);
    Located atLeast = written.get(Setting.KEEP_AT_LEAST);
    return new RetentionPolicy(
        counts,
        within == null ? Optional.empty() : Optional.of(window(within)),
        label == null ? Set.of() : Set.of(label.text()),
        atLeast == null ? 1 : Values.keptCount(Setting.KEEP_AT_LEAST, atLeast));
  }

  private static RetentionWindow window(Located within) throws RunException {
    return RetentionWindow.parse(within.text())
        .orElseThrow(() -> Values.refused(
            Setting.KEEP_WITHIN,
            within,
            "not a length of time",
            "numbers with y, m (months), d or h, for example 30d or 2y5m7d3h"));
  }
}
