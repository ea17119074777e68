package io.coldstream.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * What a command found or did, told twice.
 *
 * @param lines for people
 * @param json for programs: the field {@code result} of the document, see {@code json-output.md}
 * @param asked whether the lines are what the user asked for, so that {@code --quiet} leaves them
 * @param failure what is wrong with what was found, where that ends the command otherwise than well
 * @param effect what the command changed, told where the lines cannot be printed; empty when nothing
 */
public record Report(
    List<String> lines,
    ObjectNode json,
    boolean asked,
    Optional<Failure> failure,
    Optional<String> effect) {

  /** Copies the lines. */
  public Report {
    lines = List.copyOf(lines);
  }

  /**
   * What was asked for: {@code --quiet} prints it too.
   *
   * @param lines for people
   * @param json for programs
   * @return the report
   */
  public static Report asked(List<String> lines, ObjectNode json) {
    return new Report(lines, json, true, Optional.empty(), Optional.empty());
  }

  /**
   * What was done, in closing words.
   *
   * @param lines for people
   * @param json for programs
   * @return the report
   */
  public static Report closing(List<String> lines, ObjectNode json) {
    return new Report(lines, json, false, Optional.empty(), Optional.empty());
  }

  /**
   * The same with a bad end.
   *
   * @param why what is wrong
   * @return the report, which is printed and then the failure
   */
  public Report failing(Failure why) {
    return new Report(lines, json, true, Optional.of(why), effect);
  }

  /**
   * The same of a command that changed something.
   *
   * @param what the change, as a clause
   * @return the report
   */
  public Report having(String what) {
    return new Report(lines, json, asked, failure, Optional.of(what));
  }

  /** {@return how the process ends} */
  public ExitCode exitCode() {
    return failure.map(Failure::exitCode).orElse(ExitCode.DONE);
  }
}
