package io.coldstream.cli.command;

import io.coldstream.cli.compose.AgentVersion;
import io.coldstream.cli.output.Console;
import io.coldstream.cli.output.ExitCode;
import io.coldstream.cli.settings.OutputSettings;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.cli.settings.Terminal;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code coldstream} with all that is under it. */
@Command(
    name = "coldstream",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Coldstream.Version.class,
    sortOptions = false,
    synopsisSubcommandLabel = "COMMAND")
public final class Coldstream implements Runnable {

  static final List<Setting> EVERYWHERE = List.of(
      Setting.CONFIG,
      Setting.STATE,
      Setting.LIMIT_UPLOAD,
      Setting.LIMIT_DOWNLOAD,
      Setting.FINISH_WITHIN,
      Setting.JSON,
      Setting.QUIET,
      Setting.VERBOSE);

  private static final int HELP_COLUMNS = 80;

  /** With less, the path of the configuration file would be broken. */
  private static final int MIN_HELP_COLUMNS = 60;

  /** The parser would break a URL behind its colon, and a path: each is given a line of its own. */
  private static final Pattern BEFORE_URL =
      Pattern.compile("(?<! or) (?=(?:or )?[a-z0-9]+:/|/[a-z])");

  @Spec
  private CommandLine.Model.CommandSpec spec;

  private Coldstream() {}

  /**
   * Runs a command line. The only entry, also for tests.
   *
   * @param arguments what was typed
   * @param surroundings where
   * @return the exit code's number
   */
  public static int run(String[] arguments, Surroundings surroundings) {
    CommandLine root = commandLine(surroundings);
    OptionalInt refused = new WrongArguments(surroundings).refuseUnreadable(root, arguments);
    int exit = refused.isPresent() ? refused.getAsInt() : root.execute(arguments);
    // The help and the version are printed by the parser, which does not look whether they arrive.
    return exit == ExitCode.DONE.number()
        ? new Console("", surroundings, new OutputSettings(false, false, false))
            .ended()
            .number()
        : exit;
  }

  /**
   * The commands, not yet run.
   *
   * @param surroundings where they will run
   * @return the parser
   */
  static CommandLine commandLine(Surroundings surroundings) {
    CommandLine root = new CommandLine(new Coldstream());
    for (Setting setting : EVERYWHERE) {
      root.getCommandSpec()
          .addOption(option(setting).scopeType(ScopeType.INHERIT).build());
    }
    for (AgentCommand command : List.of(
        new BackupCommand(surroundings),
        new RestoreCommand(surroundings),
        new RestorePointsCommand(surroundings),
        new ListCommand(surroundings),
        new ShowCommand(surroundings),
        new EventsCommand(surroundings),
        new StatsCommand(surroundings),
        new DiffCommand(surroundings),
        new VerifyCommand(surroundings),
        new CopyCommand(surroundings),
        new PruneCommand(surroundings),
        new KeepCommand(surroundings),
        new UnkeepCommand(surroundings),
        new LockCommand(surroundings),
        new DrillCommand(surroundings),
        new ResumeNodeCommand(surroundings),
        new DoctorCommand(surroundings),
        new DemoCommand(surroundings))) {
      root.addSubcommand(withOptions(command));
    }
    CommandLine config = new CommandLine(new ConfigCommand());
    config.addSubcommand(withOptions(new ConfigShowCommand(surroundings)));
    root.addSubcommand(config);
    root.addSubcommand(new HelpCommand());
    CommandLine completion = new CommandLine(new AutoComplete.GenerateCompletion());
    completion.getCommandSpec().usageMessage().hidden(true);
    root.addSubcommand(completion);
    // Here and not in the annotation, from which the commands would inherit it.
    root.getCommandSpec()
        .usageMessage()
        .header("Backs up EventStoreDB / KurrentDB nodes to object storage and restores them.");
    endHelp(
        root,
        () -> List.of(
            "coldstream demo",
            "coldstream doctor --repo s3://bucket/orders",
            "coldstream backup --help"));
    int columns = surroundings.terminal().outColumns();
    root.setUsageHelpWidth(
        columns == Terminal.UNLIMITED ? HELP_COLUMNS : Math.max(columns, MIN_HELP_COLUMNS));
    root.setOut(new PrintWriter(surroundings.out(), true, Charset.defaultCharset()));
    root.setErr(new PrintWriter(surroundings.err(), true, Charset.defaultCharset()));
    // An argument that begins with @ is itself, and not the name of a file with more arguments.
    root.setExpandAtFiles(false);
    root.setParameterExceptionHandler(new WrongArguments(surroundings));
    return root;
  }

  /** Not with a footer, whose lines the parser would break. */
  private static void endHelp(CommandLine line, Supplier<List<String>> examples) {
    line.getHelpSectionMap()
        .put(
            UsageMessageSpec.SECTION_KEY_FOOTER,
            help -> "Examples:\n  " + String.join("\n  ", examples.get()) + "\n");
  }

  private static CommandLine withOptions(AgentCommand command) {
    CommandLine line = new CommandLine(command);
    command.accepted().forEach(s -> line.getCommandSpec().addOption(option(s).build()));
    endHelp(line, () -> Examples.of(AgentCommand.name(line.getCommandSpec())));
    return line;
  }

  private static OptionSpec.Builder option(Setting setting) {
    OptionSpec.Builder option = switch (setting) {
      case QUIET -> OptionSpec.builder("-q", setting.option());
      case VERBOSE -> OptionSpec.builder("-v", setting.option());
      default -> OptionSpec.builder(setting.option());
    };
    String usual = setting.defaultText();
    String text = setting.description()
        + (setting.isFlag() || usual.isEmpty() ? "" : " Default: " + usual + ".")
        + " [" + setting.variable() + "]";
    option.description(BEFORE_URL.split(text));
    return setting.isFlag()
        ? option.type(boolean.class)
        : option.type(String.class).arity("1").paramLabel(setting.parameter());
  }

  @Override
  public void run() {
    List<String> lines = new ArrayList<>();
    lines.add("no command is given; these are the commands, each with an example:");
    addOverview(lines, spec.commandLine());
    lines.add("coldstream COMMAND --help prints options, defaults and more examples.");
    throw new NoCommand(spec.commandLine(), lines);
  }

  /** Nothing but options was typed. Its lines are the program's own: none of them was typed. */
  static final class NoCommand extends CommandLine.ParameterException {

    private final transient List<String> lines;

    private NoCommand(CommandLine line, List<String> lines) {
      super(line, lines.get(0));
      this.lines = List.copyOf(lines);
    }

    List<String> lines() {
      return lines;
    }
  }

  private static void addOverview(List<String> lines, CommandLine line) {
    String name = AgentCommand.name(line.getCommandSpec());
    Examples.of(name).stream().findFirst().ifPresent(example -> {
      String text = line.getCommandSpec().usageMessage().description()[0];
      lines.add(String.format(Locale.ROOT, "  %-14s  %s", name, text.split("(?<=\\.) ", 2)[0]));
      lines.add(" ".repeat(8) + example);
    });
    line.getSubcommands().values().forEach(sub -> addOverview(lines, sub));
  }

  /** Says which version this is. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return AgentVersion.lines().toArray(String[]::new);
    }
  }
}
