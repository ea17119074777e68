package io.coldstream.cli.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * The current width of the terminal behind standard error. Java has no call for it: {@code stty}
 * is asked, once a second at most and only when somebody wants to know. Nobody waits for its
 * answer: until it is there the last known width holds. Thread-safe.
 */
final class TerminalColumns implements IntSupplier {

  private static final Duration BETWEEN = Duration.ofSeconds(1);
  private static final String[] ASK = {"sh", "-c", "stty size <&2 2>/dev/null"};

  /** Starts the child that prints lines and columns. */
  @FunctionalInterface
  interface Question {
    Process ask() throws IOException;
  }

  private final Question question;
  private final long betweenNanos;
  private int known;
  private long askedNanos = System.nanoTime();
  private Optional<Process> asked = Optional.empty();
  private boolean answered = true;

  /**
   * A width.
   *
   * @param first the width at the start
   * @param question asks for it again
   * @param between how long an answer holds
   */
  TerminalColumns(int first, Question question, Duration between) {
    this.known = first;
    this.question = question;
    this.betweenNanos = between.toNanos();
  }

  static TerminalColumns ofProcess(int first) {
    ProcessBuilder ask = new ProcessBuilder(ASK).redirectError(ProcessBuilder.Redirect.INHERIT);
    return new TerminalColumns(first, ask::start, BETWEEN);
  }

  @Override
  public synchronized int getAsInt() {
    try {
      if (asked.isPresent() && !asked.get().isAlive()) {
        take(asked.get());
        asked = Optional.empty();
      }
      if (answered && asked.isEmpty() && System.nanoTime() - askedNanos >= betweenNanos) {
        askedNanos = System.nanoTime();
        asked = Optional.of(question.ask());
      }
    } catch (IOException e) {
      // There is no stty here: the width stays what it was.
      asked = Optional.empty();
      answered = false;
    }
    return known;
  }

  private void take(Process process) throws IOException {
    String size = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    int columns = Terminal.columns(size.strip().replaceFirst("^\\d+ ", ""));
    known = columns > 0 ? columns : known;
  }
}
