package io.coldstream.cli.output;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.coldstream.core.verify.history.Verification;
import java.time.Instant;
import java.util.Optional;

/**
 * When a backup was last verified.
 *
 * @param time when
 * @param depth how closely
 * @param readSince no byte of it was read earlier than this; null when some were never read
 * @param unreadBytes how many were never read
 * @param faults how many known faults may concern it
 */
public record VerifiedJson(
    Instant time,
    String depth,
    @JsonInclude(Include.ALWAYS) Optional<Instant> readSince,
    long unreadBytes,
    long faults) {

  /**
   * What is known of a backup.
   *
   * @param newest the newest result of a verification
   * @param sequence the backup
   * @return the object; empty when it was not verified
   */
  public static Optional<VerifiedJson> of(Optional<Verification> newest, long sequence) {
    return newest.flatMap(v -> v.of(sequence)
        .map(b -> new VerifiedJson(
            b.checked(),
            Formats.name(b.depth()),
            b.readSince(),
            b.unreadBytes(),
            v.faults(sequence))));
  }
}
