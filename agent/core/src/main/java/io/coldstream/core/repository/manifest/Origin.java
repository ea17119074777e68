package io.coldstream.core.repository.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;

/**
 * Who made a backup, when, from what; for people, except the run and capture, which name objects.
 *
 * @param run the run's 26 random characters
 * @param capture which capture of the run, from 1
 * @param time when it was committed; nothing sorts or decides by it
 * @param host the machine's name
 * @param label what the user called it
 * @param serverVersion the database's version, where known
 * @param agentVersion the version of Coldstream
 */
public record Origin(
    String run,
    int capture,
    Instant time,
    String host,
    Optional<String> label,
    @JsonProperty("server") Optional<String> serverVersion,
    @JsonProperty("agent") String agentVersion) {

  /**
   * Checks what names objects.
   *
   * @throws IllegalArgumentException when the run is not 26 lower-case letters and digits, or the
   *     capture is below 1
   */
  public Origin {
    if (!run.matches("[0-9a-z]{26}") || capture < 1) {
      throw new IllegalArgumentException("run and capture " + capture + " are malformed");
    }
  }
}
