package io.coldstream.core.drill.server;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program that was started, with every process that it started in turn. Used by one thread; another
 * one, which ends with the program, reads its output.
 */
public final class ServerProcess implements Closeable {

  /** A killed process is gone as soon as the kernel has looked after it. */
  private static final Duration AFTER_KILL = Duration.ofSeconds(5);

  private static final Duration FOR_HELPERS = Duration.ofSeconds(60);
  private static final Duration LAST_LINES = Duration.ofSeconds(2);

  private final ServerCommand command;
  private final ServerEnvironment environment;
  private final Process process;
  private final OutputTail output;
  private final Thread reader;
  private final Set<ProcessHandle> started = new LinkedHashSet<>();

  private ServerProcess(ServerCommand command, ServerEnvironment environment, Process process) {
    this.command = command;
    this.environment = environment;
    this.process = process;
    this.output = new OutputTail(process.getInputStream());
    this.reader = new Thread(output, "coldstream-drill-log");
    reader.setDaemon(true);
    reader.start();
    started.add(process.toHandle());
  }

  /**
   * Starts a program.
   *
   * @param command what to run
   * @param environment its environment
   * @param folder its working directory
   * @return the running program, to be closed
   * @throws IOException when the system does not start it
   */
  public static ServerProcess start(
      ServerCommand command, ServerEnvironment environment, Path folder) throws IOException {
    ProcessBuilder builder =
        builder(environment, command.words()).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(command.variables());
    return new ServerProcess(command, environment, builder.start());
  }

  /** Java looks a program up in its own PATH, and not in that of the program. */
  private static ProcessBuilder builder(ServerEnvironment environment, List<String> words)
      throws IOException {
    Path program = environment
        .find(words.get(0))
        .orElseThrow(() -> new IOException("there is no program " + words.get(0)));
    List<String> resolved = new ArrayList<>(words);
    resolved.set(0, program.toString());
    ProcessBuilder builder = new ProcessBuilder(resolved)
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment.variables());
    return builder;
  }

  /**
   * Waits for its end, not for those that it started.
   *
   * @param longest how long at most
   * @return whether it has ended
   * @throws InterruptedException when this thread was interrupted
   */
  public boolean awaitEnd(Duration longest) throws InterruptedException {
    process.descendants().forEach(started::add);
    boolean ended = process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
    if (ended) {
      reader.join(LAST_LINES.toMillis());
    }
    return ended;
  }

  /** {@return its exit code, when it has ended} */
  public OptionalInt exitCode() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /** {@return what it printed last, each line up to some length} */
  public List<String> lastLines() {
    return output.lines();
  }

  /**
   * Stops it and all that it started: asks, waits, and kills what is left.
   *
   * @param patience how long to wait
   * @return whether everything ended without being killed
   * @throws InterruptedException when this thread was interrupted; it can be called again
   */
  public boolean stop(Duration patience) throws InterruptedException {
    process.descendants().forEach(started::add);
    if (command.stop().isEmpty()) {
      started.forEach(ProcessHandle::destroy);
    } else if (process.isAlive()) {
      runHelper(command.stop(), patience.plus(FOR_HELPERS));
    }
    boolean ended = awaitAll(patience);
    if (!ended) {
      kill();
      awaitAll(AFTER_KILL);
    }
    return ended;
  }

  private void kill() {
    for (ProcessHandle each : List.copyOf(started)) {
      each.descendants().forEach(started::add);
    }
    started.forEach(ProcessHandle::destroyForcibly);
  }

  private boolean awaitAll(Duration longest) throws InterruptedException {
    CompletableFuture<?>[] ends =
        started.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(longest.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end of a process is no failure", e);
    }
  }

  /** What it does is seen by its effect; what it prints is of no use. */
  private void runHelper(List<String> words, Duration longest) throws InterruptedException {
    try {
      Process helper = builder(environment, words)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      if (!helper.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        helper.destroyForcibly();
      }
    } catch (IOException e) {
      // The processes are waited for, and killed, all the same.
    }
  }

  /** Ends what is still alive, at once, and removes what is left of it. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      kill();
      awaitAll(AFTER_KILL);
      if (!command.remove().isEmpty()) {
        runHelper(command.remove(), FOR_HELPERS);
      }
      process.getInputStream().close();
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (IOException e) {
      // Nothing more is read.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
