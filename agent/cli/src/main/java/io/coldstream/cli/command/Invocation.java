package io.coldstream.cli.command;

import io.coldstream.cli.output.Advice;
import io.coldstream.cli.output.ShellCommand;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import io.coldstream.core.support.failure.Remedy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The given command line, from which follow-up commands are written: what was typed, and the {@link
 * SettingOptions settings as options}. Immutable.
 */
final class Invocation {

  private static final String BACKUP = "backup";
  private static final String DRY_RUN = "--dry-run";

  /** Stands for a database's directory that is not known here. */
  private static final String DIR = "DIR";

  private final CommandSpec spec;
  private final Settings settings;
  private final String verb;
  private final Map<String, List<String>> options;

  private Invocation(
      CommandSpec spec, Settings settings, String verb, Map<String, List<String>> options) {
    this.spec = spec;
    this.settings = settings;
    this.verb = verb;
    this.options = options;
  }

  /**
   * The command that runs.
   *
   * @param spec the command, parsed
   * @param settings what was set for it
   * @return the command as it was given
   */
  static Invocation of(CommandSpec spec, Settings settings) {
    Map<String, List<String>> options = new LinkedHashMap<>();
    List<Setting> accepted = accepted(spec);
    for (OptionSpec option : parsed(spec).matchedOptions()) {
      String name = option.longestName();
      if (accepted.stream().noneMatch(s -> s.option().equals(name))) {
        options.put(name, values(option));
      }
    }
    options.putAll(new SettingOptions(settings).again(accepted));
    return new Invocation(spec, settings, AgentCommand.name(spec), options);
  }

  private static ParseResult parsed(CommandSpec spec) {
    ParseResult level = spec.root().commandLine().getParseResult();
    while (level.hasSubcommand()) {
      level = level.subcommand();
    }
    return level;
  }

  private static List<Setting> accepted(CommandSpec spec) {
    List<Setting> accepted = new ArrayList<>(((AgentCommand) spec.userObject()).accepted());
    accepted.addAll(Coldstream.EVERYWHERE);
    return accepted;
  }

  private static List<String> values(OptionSpec option) {
    if (option.arity().max() == 0) {
      return List.of();
    }
    boolean folder = option.paramLabel().equals(DIR);
    return option.originalStringValues().stream()
        .map(v -> folder ? SettingOptions.path(v) : v)
        .toList();
  }

  /**
   * Another command on the same repository.
   *
   * @param other what it is called
   * @return it, with what is set for it
   */
  Invocation of(String other) {
    CommandSpec its = spec.root().subcommands().get(other).getCommandSpec();
    return new Invocation(spec, settings, other, new SettingOptions(settings).of(accepted(its)));
  }

  /**
   * A backup of the same database, or of the one in {@code DIR} where none is set.
   *
   * @return it; this one when it is a backup
   */
  Invocation backup() {
    if (verb.equals(BACKUP)) {
      return this;
    }
    Invocation backup = of(BACKUP);
    return settings.database().isSet() ? backup : backup.with(Setting.DB.option(), DIR);
  }

  /**
   * The same with an option, in the place of what stood there of that name.
   *
   * @param option with its dashes
   * @param values none for a flag
   * @return the changed command
   */
  Invocation with(String option, String... values) {
    Map<String, List<String>> changed = new LinkedHashMap<>(options);
    changed.put(option, List.of(values));
    return new Invocation(spec, settings, verb, changed);
  }

  /**
   * The same with one value more of an option that can be repeated.
   *
   * @param option with its dashes
   * @param value the value
   * @return the changed command
   */
  Invocation adding(String option, String value) {
    List<String> values = new ArrayList<>(options.getOrDefault(option, List.of()));
    if (!values.contains(value)) {
      values.add(value);
    }
    return with(option, values.toArray(String[]::new));
  }

  /**
   * The same without an option.
   *
   * @param option with its dashes
   * @return the changed command
   */
  Invocation without(String option) {
    Map<String, List<String>> changed = new LinkedHashMap<>(options);
    changed.remove(option);
    return new Invocation(spec, settings, verb, changed);
  }

  /** {@return whether an index's directory is set, which a command for another database overrides} */
  boolean setsIndex() {
    return settings.database().index().isPresent();
  }

  /**
   * The same for one whole backup.
   *
   * @param sequence its number
   * @return the changed command
   */
  Invocation ofBackup(long sequence) {
    return without("--at")
        .without("--position")
        .without("--before-event")
        .with("--backup", Long.toString(sequence));
  }

  /**
   * What to do with a remedy.
   *
   * @param remedy what the engine advises
   * @return its text with the command
   */
  Advice advice(Remedy remedy) {
    if (remedy.action() == Remedy.Action.PROGRAM) {
      return new Advice(remedy.when(), new ShellCommand(remedy.arguments()));
    }
    Invocation changed = switch (remedy.action()) {
      case ACCEPT_LINEAGE -> backup().with("--new-lineage");
      case ACCEPT_ELECTION_LOSS ->
        backup().with(Setting.MAX_ELECTION_LOSS.option(), remedy.argument());
      case RECHECK -> backup().without(DRY_RUN).with("--recheck");
      case RESEND -> backup().without(DRY_RUN).adding("--resend", remedy.argument());
      case AT_TIME -> with("--at", remedy.argument());
      case OTHER_BACKUP -> ofBackup(Long.parseLong(remedy.argument()));
      case PROGRAM, AGAIN -> this;
      case LIST -> of("list");
      case VERIFY -> of("verify");
      case RESUME_NODE -> of("resume-node").with(Setting.NODE.option(), remedy.argument());
    };
    boolean unknown = List.of(DIR).equals(changed.options.get(Setting.DB.option()));
    return new Advice(
        remedy.when() + (unknown ? " (with its data directory for " + DIR + ")" : ""),
        changed.command());
  }

  /** {@return what to paste} */
  ShellCommand command() {
    List<String> words = new ArrayList<>(List.of("coldstream"));
    words.addAll(List.of(verb.split(" ")));
    options.forEach((option, values) -> {
      if (values.isEmpty()) {
        words.add(option);
      }
      for (String value : values) {
        if (value.startsWith("-")) {
          words.add(option + "=" + value); // else it would be read as an option
        } else {
          words.add(option);
          words.add(value);
        }
      }
    });
    return new ShellCommand(words);
  }
}
