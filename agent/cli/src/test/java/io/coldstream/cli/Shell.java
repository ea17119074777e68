package io.coldstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.coldstream.cli.command.Coldstream;
import io.coldstream.cli.settings.ResultStream;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.cli.settings.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/** Types commands in this process, in a home and an environment of its own. */
public final class Shell {

  private final Path home;
  private final Map<String, String> environment = new HashMap<>();
  private Terminal terminal = Terminal.NONE;
  private OutputStream out = OutputStream.nullOutputStream();
  private boolean reader;
  private Clock clock = Clock.systemUTC();

  public Shell(Path home) {
    this.home = home;
  }

  /** Passes on what it keeps. */
  private static final class Both extends FilterOutputStream {
    private final OutputStream kept;

    Both(OutputStream out, OutputStream kept) {
      super(out);
      this.kept = kept;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      kept.write(b);
    }
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

  /** Both streams go to a terminal of so many columns. */
  public Shell onTerminal(int columns) {
    terminal = new Terminal(true, true, () -> columns);
    return this;
  }

  /** The machine's time zone. */
  public Shell in(ZoneId zone) {
    clock = Clock.system(zone);
    return this;
  }

  /** Standard output goes there too, and fails when that does. */
  public Shell outTo(OutputStream stream, boolean isPipe) {
    out = stream;
    reader = isPipe;
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
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings surroundings = new Surroundings(
        environment,
        home,
        configFile(),
        new ResultStream(new Both(out, kept), StandardCharsets.UTF_8, reader),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        terminal,
        clock);
    int exit = Coldstream.run(arguments, surroundings);
    return new Ran(
        exit, kept.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
