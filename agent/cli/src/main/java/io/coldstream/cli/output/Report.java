package io.coldstream.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a command found or did, told twice.
 *
 * @param lines for people
 * @param json for programs: the field {@code result} of the document, see {@code json-output.md}
 * @param asked whether the lines are what the user asked for, so that {@code --quiet} leaves them
 */
public record Report(List<String> lines, ObjectNode json, boolean asked) {

  /** Copies the lines. */
  public Report {
    lines = List.copyOf(lines);
  }
}
