package io.coldstream.cli.command;

import io.coldstream.core.restore.RestoreReport;
import io.coldstream.store.decorate.StoreMetrics;
import java.time.Duration;
import java.util.Optional;

/**
 * How long a download takes at the rate at which its plan read from the store. The plan reads with one
 * request at a time, and a download with several: it normally takes less.
 *
 * @param measuredBytes what the plan read
 * @param bytesPerSecond how fast it read that, waiting for answers included
 * @param duration how long the download takes at that rate
 */
record DownloadEstimate(long measuredBytes, long bytesPerSecond, Duration duration) {

  /** Less than this measures the answers of a store, and not how fast content comes. */
  static final long MIN_MEASURED_BYTES = 4 << 20;

  /**
   * Estimates, where enough was measured.
   *
   * @param report the plan
   * @param asked what it asked of the store
   * @param took how long it took
   * @return the estimate; empty when the plan read too little
   */
  static Optional<DownloadEstimate> of(RestoreReport report, StoreMetrics asked, Duration took) {
    long read = asked.receivedBytes();
    if (read < MIN_MEASURED_BYTES || took.toMillis() < 1) {
      return Optional.empty();
    }
    long bytesPerSecond = Math.max(1, read * 1000 / took.toMillis());
    return Optional.of(new DownloadEstimate(
        read, bytesPerSecond, Duration.ofSeconds(report.missingBytes() / bytesPerSecond)));
  }
}
