package io.coldstream.core.drill.server;

import java.util.List;
import java.util.Map;

/**
 * How one start of a server is run.
 *
 * @param words the program and its arguments
 * @param variables what is added to the environment
 * @param stop a program that stops it; empty: signals do
 * @param remove a program that removes what is left of it; empty: nothing is
 */
public record ServerCommand(
    List<String> words, Map<String, String> variables, List<String> stop, List<String> remove) {

  public ServerCommand {
    words = List.copyOf(words);
    variables = Map.copyOf(variables);
    stop = List.copyOf(stop);
    remove = List.copyOf(remove);
  }
}
