package io.coldstream.cli.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.coldstream.cli.output.DiscardedJson;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.output.RecordJson;
import io.coldstream.core.restore.RestoreReport;
import io.coldstream.core.restore.plan.CheckpointMode;
import io.coldstream.core.restore.plan.RestorePlan;
import io.coldstream.core.restore.target.SpaceNeed;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The result of {@code restore} in {@code json-output.md}.
 *
 * @param outcome how it ended
 * @param target the directory
 * @param log which state was restored
 * @param content how much that is
 * @param remarks what the user should know
 * @param seconds how long it took
 * @param plan with {@code --dry-run}: what a restore would need
 * @param next what to do; missing after {@code --dry-run}
 */
record RestoreResult(
    String outcome,
    String target,
    @JsonUnwrapped Log log,
    @JsonUnwrapped Content content,
    @JsonUnwrapped Remarks remarks,
    double seconds,
    Optional<Plan> plan,
    @JsonUnwrapped Optional<NextSteps> next) {

  /**
   * What a restore would need, and what a server would do.
   *
   * @param missingBytes bytes that would be fetched
   * @param estimatedSeconds how long that takes at the rate of the plan's own reads; null where it read
   *     too little
   * @param starts how many starts a server from 24.6 on needs
   */
  record Plan(
      long missingBytes,
      @JsonInclude(Include.ALWAYS) Optional<Double> estimatedSeconds,
      List<Space> space,
      List<Value> checkpoints,
      int starts,
      String owner) {

    static Plan of(RestoreReport report, Optional<DownloadEstimate> estimate) {
      return new Plan(
          report.missingBytes(),
          estimate.map(e -> Formats.seconds(e.duration())),
          report.space().stream().map(Space::of).toList(),
          report.plan().checkpoints().stream().map(Value::of).toList(),
          report.plan().checkpointMode() == CheckpointMode.DIRECT ? 1 : 2,
          report.owner().toString());
    }
  }

  /** What is needed on a file system, and free there. */
  record Space(String directory, long neededBytes, long freeBytes) {

    static Space of(SpaceNeed need) {
      return new Space(need.folder().toString(), need.neededBytes(), need.freeBytes());
    }
  }

  /** The value of a checkpoint; null where it is not set. */
  record Value(
      String checkpoint, @JsonInclude(Include.ALWAYS) Optional<Long> value) {

    static Value of(Checkpoint checkpoint) {
      return new Value(
          checkpoint.name().fileName(),
          checkpoint.position().isPresent()
              ? Optional.of(checkpoint.position().getAsLong())
              : Optional.empty());
    }
  }

  /** The same with what a restore would need. */
  RestoreResult planning(Plan would) {
    return new RestoreResult(
        outcome, target, log, content, remarks, seconds, Optional.of(would), next);
  }

  /** Which state was restored, and the checkpoint mode ({@code arrangement}). */
  record Log(
      long sequence,
      String arrangement,
      long position,
      @JsonInclude(Include.ALWAYS) Optional<Instant> positionTime,
      @JsonInclude(Include.ALWAYS) Optional<RecordJson> lastKept,
      @JsonInclude(Include.ALWAYS) Optional<RecordJson> firstDropped) {}

  /** How much was restored. */
  record Content(
      int files, long bytes, long chunkSize, long fetchedBytes, long reusedBytes, boolean index) {}

  /** What the user should know of the restored state. */
  record Remarks(
      List<String> setAside,
      List<String> notes,
      @JsonInclude(Include.ALWAYS) Optional<DiscardedJson> discarded) {}

  /** The result of {@code restore --discard}. */
  record Discarded(
      String outcome,
      String target,
      long removedFiles,
      @JsonUnwrapped NextSteps next) {

    static Discarded of(Path target, long files, NextSteps next) {
      return new Discarded("discarded", target.toString(), files, next);
    }
  }

  static RestoreResult of(
      RestoreReport report, Path target, Duration took, Optional<NextSteps> next) {
    RestorePlan plan = report.plan();
    return new RestoreResult(
        Formats.name(report.outcome()),
        target.toString(),
        new Log(
            plan.backup().sequence(),
            plan.checkpointMode().toString(),
            plan.position(),
            plan.positionTime(),
            plan.records().lastKept().map(RecordJson::of),
            plan.records().firstDropped().map(RecordJson::of)),
        new Content(
            plan.files().size(),
            plan.bytes(),
            plan.backup().log().chunkSizeBytes(),
            report.fetchedBytes(),
            report.reusedBytes(),
            plan.keepsIndex()),
        new Remarks(report.setAside(), plan.notes(), plan.discarded().map(DiscardedJson::of)),
        Formats.seconds(took),
        Optional.empty(),
        next);
  }
}
