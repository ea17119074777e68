package io.coldstream.cli.command;

import io.coldstream.cli.compose.Composition;
import io.coldstream.cli.output.Advice;
import io.coldstream.cli.output.Console;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.output.Report;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.inspect.StreamEvent;
import io.coldstream.core.inspect.StreamReport;
import io.coldstream.core.inspect.StreamRequest;
import io.coldstream.core.inspect.StreamRun;
import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.OtherBackup;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.support.disk.LocalDisk;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.decorate.StoreMetrics;
import io.coldstream.store.decorate.StoreMetrics.OfVerb;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the events of a stream. */
@Command(
    name = "events",
    description = "Prints the events of a stream from a backup, without a restore: a line of JSON"
        + " for each.")
final class EventsCommand extends AgentCommand {

  @Parameters(
      paramLabel = "STREAM",
      description = "The stream's name. One that begins with a dash goes behind --.")
  private String stream;

  @Option(
      names = "--backup",
      paramLabel = "SEQ",
      converter = Sequence.class,
      description = "The number of the backup. Default: the newest backup.")
  private Optional<Long> backup = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "N",
      converter = Count.class,
      description = "The number of the first event. Default: 0.")
  private long from;

  @Option(
      names = {"--count", "--limit"},
      paramLabel = "N",
      converter = Count.class,
      description = "How many events at most. Default: all.")
  private long count = Long.MAX_VALUE;

  @Option(
      names = "--all",
      description = "Also events that a server hides: by $tb, $maxCount or $maxAge, or because the"
          + " stream is deleted. Default: the stream as a server shows it at the backup's time.")
  private boolean all;

  @Option(
      names = "--raw",
      paramLabel = "DIR",
      converter = Folder.class,
      description = "Writes data and metadata into files of this directory instead.")
  private Optional<Path> raw = Optional.empty();

  EventsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  List<Setting> accepted() {
    return List.of(Setting.REPO);
  }

  @Override
  boolean changes() {
    return raw.isPresent();
  }

  @Override
  List<Advice> afterInterrupt() {
    return List.of(new Advice("No backup was changed; files that were written stay in "
        + raw.orElseThrow() + ", which must be empty again before another run"));
  }

  @Override
  Report run(Settings settings, Console console) throws Exception {
    if (count < 1) {
      throw usage("--count " + count + ": at least one event must be wanted");
    }
    try (Composition composition =
        Composition.open(settings, console.progress(), console::counted)) {
      Repository repository = composition.repository();
      long sequence = backup.isPresent() ? backup.get() : repository.newest();
      BackupFiles files = files(repository, sequence);
      EventSink sink = EventSink.of(surroundings().out(), settings.output().json());
      Optional<EventFiles> written = raw.isPresent()
          ? Optional.of(new EventFiles(new LocalDisk(), raw.get()))
          : Optional.empty();
      StreamReport report = new StreamRun(repository, files, console.progress())
          .run(new StreamRequest(stream, from, count, all), event -> sink.write(event, written));
      if (written.isPresent()) {
        written.get().end();
      }
      StoreMetrics read = composition.metrics();
      long requests = read.verbs().values().stream().mapToLong(OfVerb::calls).sum();
      console.note(said(sequence, report) + "; " + Formats.count(requests, "request") + ", "
          + Formats.size(read.receivedBytes()) + " read");
      return Report.asked(
          List.of(),
          new EventsResult(
              repository.url(),
              sequence,
              EventsResult.Stream.of(stream, report),
              report.events(),
              report.hidden(),
              requests,
              read.receivedBytes(),
              sink.events()));
    }
  }

  private static BackupFiles files(Repository repository, long sequence) throws RunException {
    try {
      return BackupFiles.read(repository, sequence);
    } catch (RunException e) {
      throw new OtherBackup(
              repository, s -> !BackupFiles.read(repository, s).chunks().isEmpty())
          .instead(e);
    }
  }

  private String said(long sequence, StreamReport report) {
    StringBuilder said =
        new StringBuilder(Formats.count(report.events(), "event")).append(" of backup " + sequence);
    report
        .state()
        .last()
        .ifPresent(last -> said.append(", the log holds ")
            .append(report.state().first().orElse(last).number())
            .append(" to ")
            .append(last.number()));
    if (!all
        && report.shownFrom() > report.state().first().map(StreamEvent::number).orElse(0L)) {
      said.append(", metadata hides those below ").append(report.shownFrom());
    }
    if (report.hidden() > 0) {
      said.append(", ").append(report.hidden()).append(" are hidden as too old");
    }
    return said.toString();
  }
}
