package io.coldstream.core.drill.events;

import java.util.List;

/**
 * What a comparison found.
 *
 * @param tail how many of the log's last events were compared
 * @param streams how many events were compared by their streams, with their data
 * @param hidden how many of the sampled events their streams' own limits hide: those were compared
 *     without data, by their places in the log
 * @param faults what is not as the restored files hold it; empty when all is well
 */
public record Compared(int tail, int streams, int hidden, List<String> faults) {

  /** Nothing was compared yet. */
  public static final Compared NOTHING = new Compared(0, 0, 0, List.of());

  public Compared {
    faults = List.copyOf(faults);
  }
}
