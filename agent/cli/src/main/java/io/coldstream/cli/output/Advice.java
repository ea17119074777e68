package io.coldstream.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A note or a next step, as text and JSON.
 *
 * @param text sentences; with a command the last one ends where the command belongs
 * @param command what to run, where there is something
 */
public record Advice(String text, Optional<ShellCommand> command) {

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

  /**
   * Advice for programs.
   *
   * @param all the pieces
   * @param into filled with objects of the fields {@code text} and {@code command}
   */
  public static void json(Collection<Advice> all, ArrayNode into) {
    for (Advice advice : all) {
      ObjectNode one = into.addObject();
      one.put("text", advice.text());
      one.put("command", advice.command().map(ShellCommand::toString).orElse(null));
    }
  }
}
