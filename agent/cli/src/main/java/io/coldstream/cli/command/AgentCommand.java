package io.coldstream.cli.command;

import io.coldstream.cli.output.Advice;
import io.coldstream.cli.output.Console;
import io.coldstream.cli.output.Failure;
import io.coldstream.cli.output.Report;
import io.coldstream.cli.settings.OutputSettings;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import io.coldstream.cli.settings.SettingsReader;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The common part of all commands: read the settings, run, and end with a report or a failure. */
abstract class AgentCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Spec
  private CommandSpec spec;

  /** None before the settings are read. */
  private Invocation given;

  AgentCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** {@return the settings that it takes as options, beside those of every command} */
  abstract List<Setting> accepted();

  /**
   * Runs the command.
   *
   * @param settings what was set
   * @param console shows progress
   * @return what was done
   * @throws Exception anything; {@link Failure} says what it means
   */
  abstract Report run(Settings settings, Console console) throws Exception;

  /** {@return where the settings are read} */
  Surroundings configuredBy() {
    return surroundings;
  }

  /** {@return whether this run may have changed anything when it is interrupted} */
  boolean changes() {
    return false;
  }

  /** {@return how an interrupted run is resumed or discarded; may be empty} */
  List<Advice> afterInterrupt() {
    return List.of();
  }

  /** {@return this command as it was given; only while it runs} */
  final Invocation given() {
    return given;
  }

  /** {@return the failure with the commands that can be run next} */
  final Failure failure(Throwable thrown) {
    return given == null ? Failure.of(thrown) : Failure.of(thrown, given::advice);
  }

  /** {@return the streams and the environment} */
  final Surroundings surroundings() {
    return surroundings;
  }

  @Override
  public final Integer call() {
    Map<Setting, String> options = options();
    String name = name(spec);
    Console console = new Console(name, surroundings, early(options, surroundings));
    try {
      Settings settings = SettingsReader.read(options, configuredBy());
      console = new Console(name, surroundings, settings.output());
      given = Invocation.of(spec, settings);
      settings.origins().warnings().forEach(console::warn);
      Report report = run(settings, console);
      return console.done(report).number();
    } catch (Exception | Error e) { // also a bug ends with a number and a sentence
      Failure failure = failure(e);
      return console
          .failed(failure.kind() == Kind.INTERRUPTED ? interrupted(failure) : failure)
          .number();
    }
  }

  /** How to talk before the settings are read: one of them may be what is wrong. */
  static OutputSettings early(Map<Setting, String> options, Surroundings surroundings) {
    boolean json = options.containsKey(Setting.JSON)
        || "true".equals(surroundings.environment().get(Setting.JSON.variable()));
    return new OutputSettings(json, false, options.containsKey(Setting.VERBOSE));
  }

  /** {@return what the command is called behind {@code coldstream}} */
  static String name(CommandSpec spec) {
    String qualified = spec.qualifiedName();
    return qualified
        .substring(Math.min(qualified.length(), spec.root().name().length()))
        .strip();
  }

  /** The settings given as options, before or behind the command's name. */
  private Map<Setting, String> options() {
    Map<Setting, String> options = new EnumMap<>(Setting.class);
    ParseResult level = spec.root().commandLine().getParseResult();
    while (level != null) {
      for (OptionSpec option : level.matchedOptions()) {
        Setting.ofKey(option.longestName().substring(2))
            .ifPresent(
                s -> options.put(s, s.isFlag() ? "true" : option.stringValues().get(0)));
      }
      level = level.subcommand();
    }
    return options;
  }

  private Failure interrupted(Failure failure) {
    Failure shown = failure;
    if (given != null && changes()) {
      for (Advice step : afterInterrupt()) {
        shown = shown.with(step);
      }
      return shown;
    }
    return new Failure(
        failure.kind(),
        List.of("stopped before it was done; nothing was changed"),
        failure.stack());
  }

  /** A refusal of what was typed. */
  static RunException usage(String message) {
    return new RunException(Kind.USAGE, message);
  }
}
