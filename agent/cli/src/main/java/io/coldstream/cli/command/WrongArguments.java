package io.coldstream.cli.command;

import io.coldstream.cli.output.Console;
import io.coldstream.cli.output.Failure;
import io.coldstream.cli.output.Redaction;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.failure.RunException.Kind;
import io.coldstream.store.NearestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what is wrong with a command line, with the nearest known name, and never repeats a value: a
 * URL with a secret may have been pasted in the wrong place.
 */
final class WrongArguments implements IParameterExceptionHandler {

  private final Surroundings surroundings;

  WrongArguments(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    List<String> typed = Arrays.asList(arguments);
    Map<Setting, String> options = new EnumMap<>(Setting.class);
    if (typed.contains(Setting.JSON.option())) {
      options.put(Setting.JSON, "true");
    }
    String message = e instanceof UnmatchedArgumentException unmatched
        ? unmatched(unmatched.getUnmatched(), typed, spec)
        : Redaction.of(e.getMessage(), typed, names(spec));
    return new Console(
            AgentCommand.name(spec), surroundings, AgentCommand.early(options, surroundings))
        .failed(new Failure(Kind.USAGE, List.of(message), List.of()))
        .number();
  }

  private static String unmatched(List<String> unmatched, List<String> typed, CommandSpec spec) {
    String first = unmatched.get(0);
    List<String> known = names(spec);
    if (first.startsWith("-")) {
      String option = first.split("=", 2)[0];
      return "unknown option " + option + "; nearest: " + NearestName.of(option, known);
    }
    int place = typed.indexOf(first) + 1;
    if (!spec.subcommands().isEmpty() && first.matches("[a-z-]{1,20}")) {
      return "unknown command \"" + first + "\"; nearest: "
          + NearestName.of(first, spec.subcommands().keySet());
    }
    return "argument " + place + " is not an option and not a command; see coldstream "
        + (AgentCommand.name(spec) + " --help").strip();
  }

  private static List<String> names(CommandSpec spec) {
    List<String> names = new ArrayList<>();
    spec.options().forEach(o -> names.addAll(Arrays.asList(o.names())));
    for (CommandSpec level = spec; level != null; level = parent(level)) {
      names.addAll(level.subcommands().keySet());
    }
    return names;
  }

  private static CommandSpec parent(CommandSpec spec) {
    return spec.parent() == null ? null : spec.parent().commandLine().getCommandSpec();
  }
}
