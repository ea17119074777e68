package io.coldstream.cli.command;

import io.coldstream.cli.output.Advice;
import io.coldstream.cli.output.Report;
import io.coldstream.cli.output.ShellCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a command tells the operator at its end: the last line is the last thing to do. Its
 * components are fields of {@code json-output.md}.
 *
 * @param toKnow facts, some with a command for later
 * @param now what to do, in this order
 */
record NextSteps(List<Advice> toKnow, List<Advice> now) {

  NextSteps {
    toKnow = List.copyOf(toKnow);
    now = List.copyOf(now);
  }

  /**
   * Closes a report with these steps.
   *
   * @param done what was done, for people
   * @param result the same for programs, with these steps
   * @return the report
   */
  Report after(List<String> done, Record result) {
    List<String> lines = new ArrayList<>(done);
    lines.addAll(List.of("", "Notes:"));
    toKnow.forEach(step -> lines.addAll(step.lines("  * ")));
    lines.addAll(List.of("", "Now do this, in this order:"));
    for (int i = 0; i < now.size(); i++) {
      lines.addAll(now.get(i).lines("  " + (i + 1) + ". "));
    }
    return Report.closing(lines, result).with(commands());
  }

  private List<ShellCommand> commands() {
    return Stream.concat(toKnow.stream(), now.stream())
        .flatMap(step -> step.command().stream())
        .toList();
  }
}
