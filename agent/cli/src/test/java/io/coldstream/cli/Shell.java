package io.coldstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.coldstream.cli.command.Coldstream;
import io.coldstream.cli.settings.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Types commands in this process, in a home and an environment of its own. */
public final class Shell {

  private final Path home;
  private final Map<String, String> environment = new HashMap<>();
  private boolean terminal;

  public Shell(Path home) {
    this.home = home;
  }

  /** What a command left. */
  public record Ran(int exit, String out, String err) {
    public JsonNode json() {
      try {
        return JsonMapper.builder().build().readTree(out);
      } catch (IOException e) {
        throw new UncheckedIOException(out + err, e);
      }
    }

    public String everything() {
      return exit + "\n" + out + err;
    }
  }

  public Shell set(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  public Shell onTerminal() {
    terminal = true;
    return this;
  }

  /** The configuration file that is found without being named. */
  public Shell configure(String yaml) throws IOException {
    Files.writeString(configFile(), yaml);
    return this;
  }

  public Path configFile() {
    return home.resolve("coldstream.yaml");
  }

  public Ran run(Object... words) {
    String[] arguments = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      arguments[i] = words[i].toString();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings surroundings = new Surroundings(
        environment,
        home,
        configFile(),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        terminal,
        Clock.systemUTC());
    int exit = Coldstream.run(arguments, surroundings);
    return new Ran(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
