package io.coldstream.cli.benchmark;

import java.util.List;

/** How long operations took, in milliseconds, ascending; at least one. */
record Latencies(List<Double> milliseconds) {

  Latencies {
    if (milliseconds.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    milliseconds = milliseconds.stream().sorted().toList();
  }

  /** What that part of them did not exceed; 1 for the longest. */
  double quantile(double part) {
    int index = (int) Math.ceil(part * milliseconds.size()) - 1;
    return milliseconds.get(Math.max(0, index));
  }
}
