package io.coldstream.cli.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.coldstream.cli.output.LocksJson;
import io.coldstream.core.lock.LockReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The result of {@code lock} in {@code json-output.md}. */
record LockResult(
    String repository, List<Backup> backups, @JsonUnwrapped LocksJson locks) {

  /** Until when a backup is locked. */
  record Backup(long sequence, @JsonInclude(Include.ALWAYS) Optional<Instant> lockedUntil) {}

  static LockResult of(String url, LockReport done) {
    return new LockResult(
        url,
        new TreeMap<>(done.ends())
            .entrySet().stream()
                .map(end -> new Backup(end.getKey(), Optional.of(end.getValue())))
                .toList(),
        LocksJson.of(done));
  }
}
