package io.coldstream.cli;

import io.coldstream.cli.command.Coldstream;
import io.coldstream.cli.settings.Surroundings;
import java.time.Duration;

/** The process: the only place that ends it. */
public final class Main {

  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private Main() {}

  /**
   * Runs a command and ends the process with its exit code.
   *
   * @param arguments what was typed
   */
  public static void main(String[] arguments) {
    Interruption interruption = new Interruption(Thread.currentThread(), PATIENCE, System.err);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(interruption::goingDown, "coldstream-going-down"));
    int exit = Coldstream.run(arguments, Surroundings.ofProcess());
    interruption.over();
    // Waits for ever when the process is going down already, with the signal's own number.
    System.exit(exit);
  }
}
