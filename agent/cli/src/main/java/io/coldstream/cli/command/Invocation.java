package io.coldstream.cli.command;

import io.coldstream.cli.output.Advice;
import io.coldstream.cli.output.ShellCommand;
import io.coldstream.cli.settings.Effective;
import io.coldstream.cli.settings.Origin;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import io.coldstream.core.support.failure.Remedy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The given command line, from which follow-up commands are written. What was typed and what the
 * environment sets is written out, paths from the root on; what the configuration file sets stays
 * there, and the file is named. The repository is always named, with its query. How a command
 * talks is left out. Immutable.
 */
final class Invocation {

  private static final Set<Setting> MANNER = Set.of(Setting.JSON, Setting.QUIET, Setting.VERBOSE);

  /** What says where things are, and therefore counts for other commands too when it was typed. */
  private static final Set<Setting> PLACES = Set.of(Setting.REPO, Setting.CONFIG, Setting.STATE);

  private static final String BACKUP = "backup";

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
    options.putAll(settings(accepted, settings, true));
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
    return option.originalStringValues().stream().map(v -> folder ? path(v) : v).toList();
  }

  private static String path(String text) {
    return Path.of(text).toAbsolutePath().normalize().toString();
  }

  private static Map<String, List<String>> settings(
      List<Setting> accepted, Settings settings, boolean sameCommand) {
    Map<String, List<String>> options = new LinkedHashMap<>();
    for (Effective effective : settings.effective()) {
      Setting setting = Setting.ofKey(effective.name()).orElse(null);
      if (accepted.contains(setting)
          && !MANNER.contains(setting)
          && isWrittenOut(setting, effective, sameCommand)) {
        value(setting, effective, settings).ifPresent(v -> options.put(setting.option(), v));
      }
    }
    return options;
  }

  private static boolean isWrittenOut(Setting setting, Effective effective, boolean sameCommand) {
    Origin origin = effective.origin();
    if (origin instanceof Origin.Default) {
      // The usual file has no other origin; its path stands there when it was read.
      return setting == Setting.CONFIG && !effective.value().equals(setting.defaultText());
    }
    if (origin instanceof Origin.InFile) {
      return setting == Setting.REPO;
    }
    return sameCommand || PLACES.contains(setting) || !(origin instanceof Origin.InOption);
  }

  /** The values of a setting's option; empty for a flag that is not set. */
  private static Optional<List<String>> value(
      Setting setting, Effective effective, Settings settings) {
    if (setting.isFlag()) {
      return effective.value().equals("true") ? Optional.of(List.of()) : Optional.empty();
    }
    return Optional.of(List.of(
        switch (setting) {
          case REPO -> settings.repository().orElseThrow().text();
          case DB, INDEX, STATE, CONFIG -> path(effective.value());
          default -> effective.value();
        }));
  }

  /**
   * Another command on the same repository.
   *
   * @param other what it is called
   * @return it, with what is set for it
   */
  Invocation of(String other) {
    CommandSpec its = spec.root().subcommands().get(other).getCommandSpec();
    return new Invocation(spec, settings, other, settings(accepted(its), settings, false));
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
    return settings.db().isPresent() ? backup : backup.with(Setting.DB.option(), DIR);
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
    return settings.index().isPresent();
  }

  /**
   * The same for one whole backup.
   *
   * @param sequence its number
   * @return the changed command
   */
  Invocation ofBackup(long sequence) {
    return without("--at").without("--position").with("--backup", Long.toString(sequence));
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
      case RECHECK -> backup().with("--recheck");
      case RESEND -> backup().adding("--resend", remedy.argument());
      case OTHER_BACKUP -> ofBackup(Long.parseLong(remedy.argument()));
      case PROGRAM, AGAIN -> this;
      case LIST -> of("list");
      case VERIFY -> of("verify");
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
