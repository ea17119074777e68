package io.coldstream.cli.command;

import io.coldstream.cli.output.Console;
import io.coldstream.cli.output.Failure;
import io.coldstream.cli.output.Redaction;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.cli.settings.Values;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.spi.NearestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports a wrong command line with the nearest known name, and never repeats a value. */
final class WrongArguments implements IParameterExceptionHandler {

  private final Surroundings surroundings;

  WrongArguments(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Refuses arguments that Java altered when it decoded them.
   *
   * @param root the commands
   * @param arguments what was typed
   * @return the exit code; empty when nothing was altered
   */
  OptionalInt refuseUnreadable(CommandLine root, String[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      try {
        Values.text(arguments[i]);
      } catch (IllegalArgumentException e) {
        CommandSpec spec = command(root, arguments).getCommandSpec();
        return OptionalInt.of(refuse(
            spec,
            Arrays.asList(arguments),
            List.of(place(spec, arguments, i) + " " + e.getMessage())));
      }
    }
    return OptionalInt.empty();
  }

  private static CommandLine command(CommandLine root, String[] arguments) {
    CommandLine command = root;
    for (String argument : arguments) {
      command = command.getSubcommands().getOrDefault(argument, command);
    }
    return command;
  }

  /** What an argument is, without its value. */
  private static String place(CommandSpec spec, String[] arguments, int at) {
    String option = arguments[at].startsWith("--") || at == 0 ? arguments[at] : arguments[at - 1];
    OptionSpec known = spec.findOption(option.split("=", 2)[0]);
    return known != null && known.arity().max() > 0
        ? "option " + known.longestName()
        : "argument " + (at + 1);
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    List<String> typed = Arrays.asList(arguments);
    if (e instanceof Coldstream.NoCommand none) {
      return refuse(spec, typed, none.lines());
    }
    String message = unknown(e, typed, spec)
        .map(first -> unmatched(first, typed, spec))
        .orElseGet(() -> Redaction.of(e.getMessage(), typed, names(spec)));
    return refuse(spec, typed, List.of(message));
  }

  /** The first argument that is not known; of a required option, another name may have been typed. */
  private static Optional<String> unknown(
      ParameterException e, List<String> typed, CommandSpec spec) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return Optional.of(unmatched.getUnmatched().get(0));
    }
    if (typed.size() == 2 && typed.get(0).equals("help")) {
      return Optional.of(typed.get(1));
    }
    return typed.stream()
        .filter(word -> e instanceof MissingParameterException && word.startsWith("--"))
        .filter(word -> spec.findOption(word.split("=", 2)[0]) == null)
        .findFirst();
  }

  private int refuse(CommandSpec spec, List<String> typed, List<String> lines) {
    Map<Setting, String> options = new EnumMap<>(Setting.class);
    if (typed.contains(Setting.JSON.option())) {
      options.put(Setting.JSON, "true");
    }
    return new Console(
            AgentCommand.name(spec), surroundings, AgentCommand.early(options, surroundings))
        .failed(new Failure(Kind.USAGE, lines, List.of()))
        .number();
  }

  private static String unmatched(String first, List<String> typed, CommandSpec spec) {
    String help = "; see coldstream " + (AgentCommand.name(spec) + " --help").strip();
    if (first.startsWith("-")) {
      return unknownOption(first.split("=", 2)[0], spec, help);
    }
    if (!spec.subcommands().isEmpty() && first.matches("[a-z-]{1,20}")) {
      Set<String> known = spec.subcommands().keySet();
      return PeerWords.ofCommand(first)
          .map(explained -> explained + help)
          .orElseGet(() ->
              "unknown command \"" + first + "\"" + hint(NearestName.hint(first, known), help));
    }
    return "argument " + (typed.indexOf(first) + 1) + " is neither an option nor a command" + help;
  }

  /** A short option has no near ones: each letter is as near as any other. */
  private static String unknownOption(String option, CommandSpec spec, String help) {
    List<String> known = names(spec);
    Optional<String> explained = PeerWords.ofOption(option)
        .filter(e -> known.stream().anyMatch(n -> e.contains(" " + n + " ")));
    if (explained.isPresent()) {
      return explained.get();
    }
    boolean later = spec.subcommands().values().stream()
        .anyMatch(command -> command.getCommandSpec().findOption(option) != null);
    if (later) {
      return "option " + option + " comes after the command" + help;
    }
    String near = option.startsWith("--") ? NearestName.hint(option, known) : "";
    return "unknown option " + option + hint(near, help);
  }

  private static String hint(String near, String help) {
    return near.isEmpty() ? help : near;
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
