package io.coldstream.core.drill.server;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that is started by a command line with placeholders. The line is split as a shell splits
 * it, but no shell runs: a placeholder is replaced after that, so that its value is never split.
 */
public final class CommandLineServer implements ServerProgram {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z-]+)}");
  private static final Pattern ASSIGNMENT =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*", Pattern.DOTALL);

  private static final String DB = "db";
  private static final String INDEX = "index";
  private static final String PORT = "port";
  private static final String REPLICATION_PORT = "replication-port";
  private static final String CHUNK_SIZE = "chunk-size";
  private static final String LOG = "log";
  private static final String CONFIG = "config";

  /** What a command line may hold in braces. */
  static final List<String> PLACEHOLDERS =
      List.of(DB, INDEX, PORT, REPLICATION_PORT, CHUNK_SIZE, LOG, CONFIG);

  private final Map<String, String> variables;
  private final List<String> words;

  private CommandLineServer(Map<String, String> variables, List<String> words) {
    this.variables = variables;
    this.words = words;
  }

  /**
   * Parses a command line.
   *
   * @param line the program with its arguments; words {@code NAME=value} before it are variables
   * @return the server
   * @throws IllegalArgumentException when it is none; the message says why, after "the command"
   */
  public static CommandLineServer parse(String line) {
    Map<String, String> variables = new LinkedHashMap<>();
    List<String> words = new ArrayList<>(ShellWords.split(line));
    while (!words.isEmpty() && ASSIGNMENT.matcher(words.get(0)).matches()) {
      String[] assignment = words.remove(0).split("=", 2);
      variables.put(assignment[0], assignment[1]);
    }
    if (!words.isEmpty() && words.get(0).contains("/")) {
      // The server runs in a folder of its own, and the path was typed in this one.
      words.set(0, Path.of(words.get(0)).toAbsolutePath().normalize().toString());
    }
    CommandLineServer server = new CommandLineServer(variables, List.copyOf(words));
    server.requireComplete();
    return server;
  }

  private void requireComplete() {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("names no program");
    }
    Matcher found = PLACEHOLDER.matcher(text());
    while (found.find()) {
      if (!PLACEHOLDERS.contains(found.group(1))) {
        throw new IllegalArgumentException("has the unknown placeholder " + found.group()
            + "; known are {" + String.join("}, {", PLACEHOLDERS) + "}");
      }
    }
    for (String needed : List.of(DB, PORT)) {
      if (!has(needed)) {
        throw new IllegalArgumentException("lacks the placeholder {" + needed
            + "}: the server must use the drill's directory and port, as in"
            + " kurrentd --insecure --db {db} --node-port {port}");
      }
    }
  }

  private String text() {
    return String.join(" ", words) + " " + String.join(" ", variables.values());
  }

  private boolean has(String placeholder) {
    return text().contains("{" + placeholder + "}");
  }

  @Override
  public String name() {
    return words.get(0);
  }

  @Override
  public void requireRunnable(ServerEnvironment environment) throws RunException {
    if (environment.find(name()).isEmpty()) {
      throw new RunException(
          Kind.USAGE,
          "--server: there is no program \"" + name() + "\" that can be run"
              + (name().contains("/") ? "" : " in PATH") + "; nothing was restored");
    }
  }

  @Override
  public List<String> warnings(long chunkSizeBytes) {
    boolean told = has(CHUNK_SIZE) || text().contains(Long.toString(chunkSizeBytes));
    return chunkSizeBytes == ServerPlaces.DEFAULT_CHUNK_SIZE_BYTES || told
        ? List.of()
        : List.of("the database has the chunk size " + chunkSizeBytes + ", and --server does not"
            + " hand it on: add --chunk-size {chunk-size}, or the server may not start");
  }

  @Override
  public ServerCommand command(ServerPlaces places, int start, Duration patience) {
    Map<String, String> values = Map.of(
        DB, places.database().toString(),
        INDEX, places.index().toString(),
        PORT, Integer.toString(places.port()),
        REPLICATION_PORT, Integer.toString(places.replicationPort()),
        CHUNK_SIZE, Long.toString(places.chunkSizeBytes()),
        LOG, places.logs().toString(),
        CONFIG, places.config().toString());
    Map<String, String> filled = new LinkedHashMap<>();
    variables.forEach((name, value) -> filled.put(name, filled(value, values)));
    return new ServerCommand(
        words.stream().map(word -> filled(word, values)).toList(), filled, List.of(), List.of());
  }

  private static String filled(String word, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(word)
        .replaceAll(found -> Matcher.quoteReplacement(values.get(found.group(1))));
  }
}
