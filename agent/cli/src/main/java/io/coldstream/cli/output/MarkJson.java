package io.coldstream.cli.output;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.coldstream.core.prune.marks.KeepMark;
import java.time.Instant;
import java.util.Optional;

/**
 * A mark that keeps a backup.
 *
 * @param time when it was set
 * @param host on which machine
 * @param reason why; null if that was not said
 */
public record MarkJson(
    Instant time, String host, @JsonInclude(Include.ALWAYS) Optional<String> reason) {

  public static MarkJson of(KeepMark mark) {
    return new MarkJson(mark.time(), mark.host(), mark.reason());
  }
}
