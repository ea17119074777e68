package io.coldstream.cli.output;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The result of a command, as text and JSON.
 *
 * @param lines for people
 * @param result for programs: the field {@code result} of the document, see {@code json-output.md};
 *     its components are the fields
 * @param asked whether the lines are what the user asked for, so that {@code --quiet} leaves them
 * @param failure what is wrong with what was found, where that ends the command otherwise than well
 * @param effect what the command changed, told where the lines cannot be printed; empty when nothing
 * @param commands those of the lines that are commands: they are printed as they are, since a
 *     repository's URL without its query would be another place
 */
public record Report(
    List<String> lines,
    Record result,
    boolean asked,
    Optional<Failure> failure,
    Optional<String> effect,
    Set<String> commands) {

  public Report {
    lines = List.copyOf(lines);
    commands = Set.copyOf(commands);
  }

  /**
   * A requested result: {@code --quiet} prints it too.
   *
   * @param lines for people
   * @param result for programs
   * @return the report
   */
  public static Report asked(List<String> lines, Record result) {
    return new Report(lines, result, true, Optional.empty(), Optional.empty(), Set.of());
  }

  /**
   * What was done, in closing words.
   *
   * @param lines for people
   * @param result for programs
   * @return the report
   */
  public static Report closing(List<String> lines, Record result) {
    return new Report(lines, result, false, Optional.empty(), Optional.empty(), Set.of());
  }

  /**
   * The same with a bad end.
   *
   * @param why what is wrong
   * @return the report, which is printed and then the failure
   */
  public Report failing(Failure why) {
    return new Report(lines, result, true, Optional.of(why), effect, commands);
  }

  /**
   * The same of a command that changed something.
   *
   * @param what the change, as a clause
   * @return the report
   */
  public Report having(String what) {
    return new Report(lines, result, asked, failure, Optional.of(what), commands);
  }

  /**
   * The same with commands among its lines.
   *
   * @param shown the commands, each on a line of its own
   * @return the report
   */
  public Report with(Collection<ShellCommand> shown) {
    Set<String> all = shown.stream().map(ShellCommand::line).collect(Collectors.toSet());
    return new Report(lines, result, asked, failure, effect, all);
  }

  /** {@return the lines, fit for a screen} */
  List<String> shownLines() {
    return lines.stream()
        .map(line -> commands.contains(line) ? line : Redaction.of(line))
        .toList();
  }

  /** {@return how the process ends} */
  public ExitCode exitCode() {
    return failure.map(Failure::exitCode).orElse(ExitCode.DONE);
  }
}
