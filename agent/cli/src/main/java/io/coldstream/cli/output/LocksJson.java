package io.coldstream.cli.output;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.coldstream.core.lock.LockReport;
import io.coldstream.store.ObjectName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a run did about locks.
 *
 * @param safeUntil the earliest end of all kept backups; null when one is not locked
 * @param due how many backups had locks that ended within the margin
 * @param extended how many locks were extended
 * @param refusedCount how many could not be
 * @param refused those, at most 1,000
 * @param seconds how long it took
 */
public record LocksJson(
    @JsonInclude(Include.ALWAYS) Optional<Instant> safeUntil,
    long due,
    long extended,
    long refusedCount,
    List<Refused> refused,
    double seconds) {

  private static final int MAX_REFUSED = 1000;

  /** An object whose lock could not be extended. */
  record Refused(ObjectName object, String reason) {}

  /**
   * Describes a run.
   *
   * @param done what it did
   * @return the object
   */
  public static LocksJson of(LockReport done) {
    return new LocksJson(
        done.safeUntil(),
        done.due(),
        done.extended(),
        done.refusals().size(),
        done.refusals().stream()
            .limit(MAX_REFUSED)
            .map(refusal -> new Refused(refusal.object(), refusal.failure().getMessage()))
            .toList(),
        Formats.seconds(done.duration()));
  }
}
