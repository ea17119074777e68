package io.coldstream.cli.command;

import io.coldstream.cli.settings.Surroundings;
import picocli.CommandLine.Command;

/** Marks a backup to be kept. */
@Command(name = "keep", description = "Marks a backup to be kept, whatever the rules of prune say.")
final class KeepCommand extends MarkCommand {

  KeepCommand(Surroundings surroundings) {
    super(surroundings, true);
  }
}
