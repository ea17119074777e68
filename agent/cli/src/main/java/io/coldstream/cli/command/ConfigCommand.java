package io.coldstream.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Groups what concerns the configuration. */
@Command(name = "config", description = "Looks at the configuration.")
final class ConfigCommand implements Runnable {

  @Spec
  private CommandSpec spec;

  /** Alone it does nothing. */
  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "which command? there is: coldstream config show");
  }
}
