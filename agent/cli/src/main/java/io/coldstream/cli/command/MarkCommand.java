package io.coldstream.cli.command;

import io.coldstream.cli.compose.Composition;
import io.coldstream.cli.compose.Engine;
import io.coldstream.cli.output.Console;
import io.coldstream.cli.output.Report;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.prune.marks.KeepMark;
import io.coldstream.core.prune.marks.KeepRun;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The common part of the commands that set a mark. */
abstract class MarkCommand extends AgentCommand {

  private final boolean keep;

  @Parameters(
      paramLabel = "SEQ",
      converter = Sequence.class,
      description = "The number of the backup.")
  private long sequence;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      converter = Reason.class,
      description = "Why, for people; shown by list, show and prune.")
  private Optional<String> reason = Optional.empty();

  MarkCommand(Surroundings surroundings, boolean keep) {
    super(surroundings);
    this.keep = keep;
  }

  @Override
  boolean changes() {
    return true;
  }

  @Override
  List<Setting> accepted() {
    return List.of(Setting.REPO);
  }

  @Override
  Report run(Settings settings, Console console) throws Exception {
    try (Composition composition =
        Composition.open(settings, console.progress(), console::counted)) {
      KeepRun.Marked marked = new Engine(composition, surroundings().clock(), console.progress())
          .mark(sequence, keep, reason);
      KeepMark mark = marked.mark();
      String line = "backup " + sequence + " of " + composition.url()
          + (mark.keep() ? " is kept until unkeep" : " is no longer kept by a mark")
          + (marked.changed() ? "" : ", as before")
          + mark.reason().map(text -> ": " + text).orElse("");
      return Report.closing(List.of(line), MarkResult.of(composition.url(), mark, marked.changed()))
          .having(line);
    }
  }
}
