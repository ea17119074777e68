package io.coldstream.cli.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.coldstream.cli.output.Advice;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.output.ShellCommand;
import io.coldstream.cli.output.VerifiedText;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.verify.VerifyReport;
import io.coldstream.core.verify.history.CheckedBackups;
import io.coldstream.core.verify.history.Counts;
import io.coldstream.core.verify.history.Verification;
import io.coldstream.store.ObjectName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** The result of {@code verify} in {@code json-output.md}. */
record VerifyResult(
    boolean good,
    @JsonUnwrapped Counts counts,
    List<Finding> findings,
    List<String> notes,
    @JsonInclude(Include.ALWAYS) Optional<Instant> readSince,
    @JsonInclude(Include.ALWAYS) Optional<Long> stored,
    @JsonInclude(Include.ALWAYS) Optional<Part> shard,
    double seconds) {

  /** A part of a divided run; the parts that are missing are not stored yet. */
  record Part(String run, int index, int count, boolean repeated, List<Integer> missing) {}

  /** A fault; the repair is null where no command repairs it. */
  record Finding(
      ObjectName object,
      String fault,
      long firstBackup,
      long lastBackup,
      @JsonInclude(Include.ALWAYS) Optional<ShellCommand> repair) {}

  static VerifyResult of(VerifyReport found, Duration took, Function<Remedy, Advice> advice) {
    return new VerifyResult(
        found.isGood(),
        found.counts(),
        found.findings().stream()
            .map(f -> new Finding(
                f.object(),
                f.fault(),
                f.firstBackup(),
                f.lastBackup(),
                f.repair().map(advice).flatMap(Advice::command)))
            .toList(),
        found.notes(),
        found.stored().flatMap(v -> VerifiedText.readSince(checked(v))),
        found.stored().map(Verification::number),
        found
            .shard()
            .map(s -> new Part(
                s.shard().run(), s.shard().index(), s.shard().count(), s.earlier(), s.missing())),
        Formats.seconds(took));
  }

  /** What is known of the backups that the run was about. */
  static List<Optional<CheckedBackups>> checked(Verification stored) {
    OptionalLong one = stored.run().backup();
    return one.isPresent()
        ? List.of(stored.of(one.getAsLong()))
        : stored.backups().stream().map(Optional::of).toList();
  }
}
