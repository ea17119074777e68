package io.coldstream.cli.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.coldstream.cli.output.DiscardedJson;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.output.RecordJson;
import io.coldstream.core.restore.RestoreReport;
import io.coldstream.core.restore.plan.RestorePlan;
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
 * @param next what to do; missing after {@code --dry-run}
 */
record RestoreResult(
    String outcome,
    String target,
    @JsonUnwrapped Log log,
    @JsonUnwrapped Content content,
    @JsonUnwrapped Remarks remarks,
    double seconds,
    @JsonUnwrapped Optional<NextSteps> next) {

  /** Which state was restored, and the checkpoint mode ({@code arrangement}). */
  record Log(
      long sequence,
      String arrangement,
      long position,
      @JsonInclude(Include.ALWAYS) Optional<Instant> positionTime,
      @JsonInclude(Include.ALWAYS) Optional<RecordJson> lastKept,
      @JsonInclude(Include.ALWAYS) Optional<RecordJson> firstDropped) {}

  /** How much was restored. */
  record Content(int files, long bytes, long chunkSize, long fetchedBytes, boolean index) {}

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
            plan.keepsIndex()),
        new Remarks(report.setAside(), plan.notes(), plan.discarded().map(DiscardedJson::of)),
        Formats.seconds(took),
        next);
  }
}
