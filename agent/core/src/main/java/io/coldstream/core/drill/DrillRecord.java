package io.coldstream.core.drill;

import io.coldstream.core.drill.events.LoggedEvent;
import io.coldstream.core.repository.manifest.DigestedJson;
import io.coldstream.core.support.events.Step;
import io.coldstream.core.support.json.FormatException;
import io.coldstream.store.ObjectName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The result of a drill as a document in the repository: binding only, and therefore as many
 * components as the document has fields. {@code repository-format.md} explains each.
 *
 * @param sequence the backup's number
 * @param repository the repository's id
 * @param time when the drill ended
 * @param proved whether the backup is proved
 * @param position where the restored log ended
 * @param checkpointMode how the checkpoints were set
 * @param server the server's program or image
 * @param serverVersion the version that it stated
 * @param starts at which start it was ready; 0 when it never was
 * @param readyMillis milliseconds until it was ready
 * @param steps how long each step took
 * @param tailEvents how many events were compared at the end of the log
 * @param streamEvents how many were compared by their streams
 * @param hiddenEvents how many were compared by their places, because their streams hide them
 * @param lastEvent the last event of the restored log
 * @param faults what was wrong; empty when the backup is proved
 */
public record DrillRecord(
    long sequence,
    String repository,
    Instant time,
    boolean proved,
    long position,
    String checkpointMode,
    String server,
    Optional<String> serverVersion,
    int starts,
    Optional<Long> readyMillis,
    List<StepMillis> steps,
    int tailEvents,
    int streamEvents,
    int hiddenEvents,
    Optional<LastEvent> lastEvent,
    List<String> faults) {

  /** Most faults that are kept: one tells as much as a thousand. */
  private static final int MAX_FAULTS = 20;

  /**
   * How long a step took.
   *
   * @param step its name
   * @param millis milliseconds
   */
  public record StepMillis(String step, long millis) {}

  /**
   * The last event of the restored log.
   *
   * @param stream its stream
   * @param number its number there
   * @param id its id
   * @param position where it starts in the log
   */
  public record LastEvent(String stream, long number, UUID id, long position) {
    static LastEvent of(LoggedEvent event) {
      return new LastEvent(event.stream(), event.number(), event.id(), event.position());
    }
  }

  public DrillRecord {
    steps = List.copyOf(steps);
    faults = List.copyOf(faults);
  }

  static DrillRecord of(DrillReport report, Instant time) {
    return new DrillRecord(
        report.plan().backup().sequence(),
        report.plan().backup().repositoryId(),
        time,
        report.isProved(),
        report.plan().position(),
        report.plan().checkpointMode().toString(),
        report.server().name(),
        report.server().version(),
        report.server().starts(),
        report.ready().map(Duration::toMillis),
        report.steps().stream()
            .map(step -> new StepMillis(name(step.step()), step.took().toMillis()))
            .toList(),
        report.compared().tail(),
        report.compared().streams(),
        report.compared().hidden(),
        report.last().map(LastEvent::of),
        report.failure().stream()
            .flatMap(failure -> failure.faults().stream())
            .limit(MAX_FAULTS)
            .toList());
  }

  private static String name(Step step) {
    return step.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  byte[] bytes() {
    return DigestedJson.write(this);
  }

  static DrillRecord read(byte[] bytes, ObjectName name) throws FormatException {
    return DigestedJson.read(bytes, name.value(), DrillRecord.class);
  }
}
