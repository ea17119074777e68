package io.coldstream.cli.command;

import io.coldstream.cli.settings.Surroundings;
import picocli.CommandLine.Command;

/** Takes the mark of a backup back. */
@Command(
    name = "unkeep",
    description = "Takes the mark of a backup back, so that the rules of prune decide again.")
final class UnkeepCommand extends MarkCommand {

  UnkeepCommand(Surroundings surroundings) {
    super(surroundings, false);
  }
}
