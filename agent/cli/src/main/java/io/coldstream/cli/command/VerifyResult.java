package io.coldstream.cli.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.coldstream.cli.output.Advice;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.output.ShellCommand;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.verify.VerifyReport;
import io.coldstream.store.ObjectName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The result of {@code verify} in {@code json-output.md}. */
record VerifyResult(
    boolean good,
    long backups,
    long objects,
    long readObjects,
    long readBytes,
    List<Finding> findings,
    List<String> notes,
    double seconds) {

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
        found.backups(),
        found.objects(),
        found.readObjects(),
        found.readBytes(),
        found.findings().stream()
            .map(f -> new Finding(
                f.object(),
                f.fault(),
                f.firstBackup(),
                f.lastBackup(),
                f.repair().map(advice).flatMap(Advice::command)))
            .toList(),
        found.notes(),
        Formats.seconds(took));
  }
}
