package io.coldstream.cli.output;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A note or a next step, for people and as an object of {@code json-output.md}.
 *
 * @param text sentences; with a command the last one ends where the command belongs
 * @param command what to run, where there is something; null in the object where not
 */
public record Advice(
    String text, @JsonInclude(Include.ALWAYS) Optional<ShellCommand> command) {

  /**
   * Something without a command.
   *
   * @param text sentences
   */
  public Advice(String text) {
    this(text, Optional.empty());
  }

  /**
   * Something with a command.
   *
   * @param text sentences, the last one without its end
   * @param command what to run
   */
  public Advice(String text, ShellCommand command) {
    this(text, Optional.of(command));
  }

  /**
   * The advice for people.
   *
   * @param lead what stands before the text, such as a number
   * @return the text, and below it the command on a line of its own
   */
  public List<String> lines(String lead) {
    List<String> lines = new ArrayList<>();
    lines.add(lead + text + (command.isPresent() ? ":" : ""));
    command.ifPresent(c -> lines.add(c.line()));
    return lines;
  }
}
