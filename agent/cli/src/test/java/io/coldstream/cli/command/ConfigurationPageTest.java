package io.coldstream.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Pages;
import io.coldstream.cli.Shell;
import io.coldstream.cli.settings.ResultStream;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.cli.settings.Terminal;
import io.coldstream.store.spi.StoreSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The page, the settings and the options of the commands say the same. */
class ConfigurationPageTest {

  /** A word, or several in quotes. */
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\\S+");

  private static final Set<String> OF_PICOCLI = Set.of("--help", "--version");

  private static final Map<Setting, String> SHORT =
      Map.of(Setting.QUIET, "-q, ", Setting.VERBOSE, "-v, ");

  private static CommandLine commandLine() {
    ResultStream nowhere =
        new ResultStream(OutputStream.nullOutputStream(), StandardCharsets.UTF_8, false);
    return Coldstream.commandLine(new Surroundings(
        Map.of(),
        Path.of("/"),
        Path.of("/none"),
        nowhere,
        nowhere,
        Terminal.NONE,
        Clock.systemUTC()));
  }

  private static List<CommandLine> all(CommandLine line) {
    List<CommandLine> all = new ArrayList<>(List.of(line));
    line.getSubcommands().values().forEach(sub -> all.addAll(all(sub)));
    return all;
  }

  @Test
  void theTableListsEverySettingAsItIs() throws IOException {
    List<List<String>> documented = Pages.rows("configuration.md").stream()
        .filter(r -> r.get(1).contains("--"))
        .toList();
    List<List<String>> programmed = Arrays.stream(Setting.values())
        .map(s -> List.of(
            s == Setting.CONFIG ? "" : s.key(),
            SHORT.getOrDefault(s, "") + (s.option() + " " + s.parameter()).strip(),
            s.variable(),
            s.defaultText(),
            s.description()))
        .toList();

    assertThat(documented).isEqualTo(programmed);
  }

  @Test
  void thePageNamesTheStoresCommonSettings() throws IOException {
    Set<String> documented = new TreeSet<>();
    List<String> page = Pages.lines("configuration.md");
    List<String> section = page.subList(page.indexOf("## The store"), page.indexOf("### Network"));
    for (List<String> row : Pages.rows(section)) {
      if (row.size() == 3 && !row.get(0).equals("setting")) {
        documented.add(row.get(0));
      }
    }

    assertThat(documented).isEqualTo(new TreeSet<>(StoreSettings.COMMON));
  }

  @Test
  void everyOptionIsASettingOrAnOptionOnly() throws IOException {
    String page = String.join("\n", Pages.lines("configuration.md"));
    Set<String> found = new TreeSet<>();
    for (CommandLine line : all(commandLine())) {
      for (OptionSpec option : line.getCommandSpec().options()) {
        String name = option.longestName();
        found.add(name.substring(2));
        assertThat(page + OF_PICOCLI).as(line.getCommandName()).contains(name);
        assertThat(Setting.ofKey(name.substring(2)).isPresent()
                || Setting.OPTIONS_ONLY.contains(name.substring(2))
                || OF_PICOCLI.contains(name))
            .as(name)
            .isTrue();
      }
    }
    assertThat(found).containsAll(Setting.fileKeys()).containsAll(Setting.OPTIONS_ONLY);
  }

  @Test
  void everyCommandHasHelpOfItsOwn() {
    for (CommandLine line : all(commandLine())) {
      assertThat(line.getUsageMessage()).contains("Usage: coldstream");
      assertThat(line.getCommandSpec().usageMessage().description().length
              + line.getCommandSpec().usageMessage().header().length)
          .as(line.getCommandName())
          .isPositive();
    }
  }

  @Test
  void everyCommandThatRunsHasExamplesThatParse() {
    for (CommandLine line : all(commandLine())) {
      List<String> examples = Examples.of(AgentCommand.name(line.getCommandSpec()));
      assertThat(examples.isEmpty())
          .as(line.getCommandName())
          .isEqualTo(!(line.getCommandSpec().userObject() instanceof AgentCommand));
      for (String example : examples) {
        assertThat(line.getUsageMessage()).contains("\n  " + example + "\n");
        String[] arguments = WORD.matcher(example.substring("coldstream ".length()))
            .results()
            .map(word -> word.group(1) == null ? word.group() : word.group(1))
            .toArray(String[]::new);
        assertThat(commandLine().parseArgs(arguments).errors()).as(example).isEmpty();
      }
    }
  }

  @Test
  void theHelpNamesTheVariableOfEachSetting() {
    for (CommandLine line : all(commandLine())) {
      if (line.getCommandSpec().userObject() instanceof AgentCommand command) {
        String help = line.getUsageMessage();
        assertThat(command.accepted()).allMatch(s -> help.contains("[" + s.variable() + "]"));
      }
    }
  }

  @Test
  void whatIsNotBuiltDoesNotShow() {
    Shell.Ran help = new Shell(Path.of("/")).run("--help");

    assertThat(help.exit()).isZero();
    assertThat(help.out())
        .contains("backup", "restore", "list", "show", "verify", "copy", "doctor", "demo", "config")
        .contains("Examples:\n  coldstream demo\n")
        .doesNotContain("watch", "generate-completion");
  }
}
