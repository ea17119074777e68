package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A shell into which printed commands are pasted. Programs of a {@code PATH} of its own note with which
 * arguments they are called, and do nothing else.
 */
public final class Pasted {

  private static final String END_OF_CALL = "\u0001";
  private static final long LONGEST_SECONDS = 60;

  private final Path programs;
  private final Path calls;

  /** With these programs, and those of the machine behind them. */
  public Pasted(Path folder, String... names) throws IOException {
    programs = Files.createDirectories(folder.resolve("programs"));
    calls = folder.resolve("calls");
    for (String name : names) {
      add(name, "");
    }
  }

  /** Adds a program that does something after it has noted its arguments. */
  public Pasted add(String name, String then) throws IOException {
    Path program = programs.resolve(name);
    Files.writeString(
        program,
        "#!/bin/sh\nfor word in " + name + " \"$@\"; do printf '%s\\0' \"$word\"; done >> '" + calls
            + "'\nprintf '\\001\\0' >> '" + calls + "'\n" + then + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return this;
  }

  /** The {@code PATH} on which the programs are. */
  public String path() {
    return programs + ":" + System.getenv("PATH");
  }

  /** Pastes a line; each call that it made, with the program's name first. */
  public List<List<String>> calls(String line) throws IOException, InterruptedException {
    Files.deleteIfExists(calls);
    Path script = Files.writeString(calls.resolveSibling("script"), line + "\n");
    ProcessBuilder builder = new ProcessBuilder("sh", script.toString()).redirectErrorStream(true);
    builder.environment().put("PATH", path());
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("%s%n%s", line, said).isZero();
    List<List<String>> all = new ArrayList<>();
    List<String> call = new ArrayList<>();
    for (String word : Files.readString(calls).split("\0")) {
      if (word.equals(END_OF_CALL)) {
        all.add(List.copyOf(call));
        call.clear();
      } else {
        call.add(word);
      }
    }
    return all;
  }

  /** Lines of an output that are commands: those that stand far to the right. */
  public static List<String> commands(String output) {
    return output.lines().filter(l -> l.matches(" {8}\\S.*")).map(String::strip).toList();
  }
}
