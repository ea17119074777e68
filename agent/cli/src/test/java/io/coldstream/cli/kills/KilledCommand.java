package io.coldstream.cli.kills;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * The {@code coldstream} command as a user types it, in processes that are killed.
 *
 * @param launcher the command
 * @param repository the URL
 * @param environment credentials
 * @param folder where everything lies
 * @param keepsState whether a process finds the state that an earlier one left; otherwise each has an
 *     empty folder of its own
 */
record KilledCommand(
    Path launcher,
    String repository,
    Map<String, String> environment,
    KillFolder folder,
    boolean keepsState) {

  Formats backup() {
    return new Formats(
        List.of("backup", "--min-free", "0", "--db", folder.database().toString()));
  }

  Formats restore() {
    return new Formats(List.of("restore", "--to", folder.restored().toString()));
  }

  /** One thing to do, started again and again. */
  final class Formats {
    private final List<String> words;
    private int runs;

    Formats(List<String> words) {
      this.words = words;
    }

    /**
     * Starts it and kills it at a moment (SIGKILL).
     *
     * @return what was measured at that moment; empty when it was done before
     */
    OptionalInt killWhen(BooleanSupplier moment, IntSupplier measured)
        throws IOException, InterruptedException {
      Process process = start();
      while (!moment.getAsBoolean()) {
        if (process.waitFor(1, TimeUnit.MILLISECONDS)) {
          requireSuccess(process);
          return OptionalInt.empty();
        }
      }
      int then = measured.getAsInt();
      process.destroyForcibly().waitFor();
      return OptionalInt.of(then);
    }

    /** Lets it end by itself. */
    void untilDone() throws IOException, InterruptedException {
      Process process = start();
      process.waitFor();
      requireSuccess(process);
    }

    private Process start() throws IOException {
      runs++;
      ProcessBuilder builder = new ProcessBuilder(launcher.toString());
      builder.command().addAll(words);
      builder.command().addAll(List.of("--repo", repository));
      builder
          .environment()
          .keySet()
          .removeIf(name -> name.startsWith("COLDSTREAM_") && !name.equals("COLDSTREAM_JAVA_OPTS"));
      builder.environment().putAll(environment);
      builder.environment().put("COLDSTREAM_CONFIG", folder.config().toString());
      builder
          .environment()
          .put("COLDSTREAM_STATE", folder.state(keepsState ? 0 : runs).toString());
      File log = folder.log().toFile();
      Process process = builder.redirectErrorStream(true).redirectOutput(log).start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "kills-stopping"));
      return process;
    }

    private void requireSuccess(Process process) throws IOException {
      if (process.exitValue() != 0) {
        throw new IOException(
            words + " ended with " + process.exitValue() + ":\n" + Files.readString(folder.log()));
      }
    }
  }
}
