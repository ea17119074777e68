package io.coldstream.cli;

import io.coldstream.cli.command.Coldstream;
import io.coldstream.cli.settings.LogLevel;
import io.coldstream.cli.settings.Surroundings;
import java.time.Duration;

/** The process entry point, the only place that ends the process. */
public final class Main {

  private static final Duration PATIENCE = Duration.ofSeconds(25);

  /** As {@code ExitCode.FAILED}, whose class may be what cannot be loaded. */
  private static final int CANNOT_START = 1;

  private Main() {}

  /**
   * Runs a command and ends the process with its exit code.
   *
   * @param arguments what was typed
   */
  public static void main(String[] arguments) {
    Interruption interruption = new Interruption(Thread.currentThread(), PATIENCE, System.err);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(interruption::onShutdown, "coldstream-going-down"));
    int exit = run(arguments);
    interruption.over();
    // Waits for ever when the process is going down already, with the signal's own number.
    System.exit(exit);
  }

  /** What fails here is no command: the command's own classes could not be loaded. */
  private static int run(String[] arguments) {
    try {
      findHome();
      setLogLevel();
      return Coldstream.run(arguments, Surroundings.ofProcess());
    } catch (Exception | Error e) {
      System.err.println("coldstream: cannot start: " + e + "; unpack the distribution again, and"
          + " check the limits of open files (ulimit -n) and of processes (ulimit -u)");
      return CANNOT_START;
    }
  }

  /** Before the first logger is made. A value that is no level is refused with the settings. */
  private static void setLogLevel() {
    LogLevel level = LogLevel.of(System.getenv()).orElse(LogLevel.OFF);
    System.setProperty("coldstream.log", level.name());
    if (level == LogLevel.OFF) {
      // Nothing would be printed, and setting logback up takes a third of a second at every start.
      System.setProperty("slf4j.internal.verbosity", "WARN"); // else it reports the next line
      System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
    }
  }

  /**
   * Java 17 knows no home folder of a user without an entry in the password file, as containers have
   * them, and does not read HOME. The libraries for the clouds read this property, too.
   */
  private static void findHome() {
    String home = System.getenv("HOME");
    if ("?".equals(System.getProperty("user.home")) && home != null && !home.isEmpty()) {
      System.setProperty("user.home", home);
    }
  }
}
