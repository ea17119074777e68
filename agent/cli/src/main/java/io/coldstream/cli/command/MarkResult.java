package io.coldstream.cli.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.coldstream.core.prune.marks.KeepMark;
import java.time.Instant;
import java.util.Optional;

/** The result of {@code keep} and {@code unkeep} in {@code json-output.md}. */
record MarkResult(
    String repository,
    long sequence,
    boolean kept,
    boolean changed,
    Instant time,
    @JsonInclude(Include.ALWAYS) Optional<String> reason) {

  static MarkResult of(String repository, KeepMark mark, boolean changed) {
    return new MarkResult(
        repository, mark.backup(), mark.keep(), changed, mark.time(), mark.reason());
  }
}
