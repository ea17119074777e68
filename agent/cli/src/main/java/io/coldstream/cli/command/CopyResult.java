package io.coldstream.cli.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.coldstream.cli.output.Advice;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.output.ObjectJson;
import io.coldstream.cli.output.ShellCommand;
import io.coldstream.core.copy.CopyPlan;
import io.coldstream.core.copy.CopyReport;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.store.ObjectName;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The result of {@code copy} in {@code json-output.md}; the plan only after {@code --dry-run}. */
record CopyResult(
    String repository,
    String target,
    boolean newRepository,
    List<Backup> backups,
    List<Fault> faults,
    @JsonUnwrapped Run run,
    Optional<Plan> plan) {

  /** What became of a backup; the reason is null where nothing is wrong with it. */
  record Backup(
      long sequence,
      String outcome,
      @JsonInclude(Include.ALWAYS) Optional<String> reason) {}

  /** An object that is wrong; the repair is null where no command repairs it. */
  record Fault(
      ObjectName object,
      String fault,
      @JsonInclude(Include.ALWAYS) Optional<ShellCommand> repair) {}

  /** What the run did. */
  record Run(
      long sentObjects,
      long sentBytes,
      long presentObjects,
      long presentBytes,
      long resumedObjects,
      long resumedParts,
      double seconds) {}

  /** What a run would send. */
  record Plan(long bytesToSend, List<ObjectJson> toSend) {

    private static Plan of(CopyPlan plan) {
      return new Plan(
          plan.bytesToSend(),
          plan.toSend().stream()
              .map(o -> new ObjectJson(o.object(), o.lengthBytes()))
              .toList());
    }
  }

  static CopyResult of(
      String repository, String target, CopyReport done, Function<Remedy, Advice> advice) {
    return new CopyResult(
        repository,
        target,
        done.plan().newRepository(),
        done.backups().stream()
            .map(b -> new Backup(b.sequence(), Formats.name(b.outcome()), b.reason()))
            .toList(),
        done.faults().stream()
            .map(f ->
                new Fault(f.object(), f.fault(), f.repair().map(advice).flatMap(Advice::command)))
            .toList(),
        new Run(
            done.sent().objects(),
            done.sent().bytes(),
            done.plan().presentObjects(),
            done.plan().presentBytes(),
            done.sent().resumedObjects(),
            done.sent().resumedParts(),
            Formats.seconds(done.duration())),
        done.dryRun() ? Optional.of(Plan.of(done.plan())) : Optional.empty());
  }
}
