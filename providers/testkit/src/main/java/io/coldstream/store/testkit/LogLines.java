package io.coldstream.store.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/**
 * What the thread that made this object logs in Coldstream's own classes, at every level, whatever
 * the configuration of the log says. Other tests, which log in other threads, are neither recorded
 * nor affected. Must be closed.
 */
public final class LogLines implements AutoCloseable {

  private final LoggerContext log = log();
  private final Recorder recorder = new Recorder(Thread.currentThread());

  /** Starts recording. */
  public LogLines() {
    log.addTurboFilter(recorder);
  }

  /**
   * The lines so far.
   *
   * @return a copy; each line is its level, its class's simple name and its message, for example
   *     {@code WARN KeptSession: the file ...}
   */
  public List<String> lines() {
    return List.copyOf(recorder.lines);
  }

  @Override
  public void close() {
    log.getTurboFilterList().remove(recorder);
  }

  /**
   * SLF4J holds this lock while it sets the log up. Until it has finished, other threads get
   * substitutes, which record events and replay them in another thread.
   */
  private static LoggerContext log() {
    synchronized (LoggerFactory.class) {
      return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
  }

  /** Sees every call of a logger before levels are compared, and changes nothing. */
  private static final class Recorder extends TurboFilter {
    private final Thread own;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    Recorder(Thread own) {
      this.own = own;
    }

    @Override
    public FilterReply decide(
        Marker marker,
        Logger logger,
        Level level,
        String format,
        Object[] arguments,
        Throwable failure) {
      boolean asksForLevel = format == null;
      if (!asksForLevel
          && logger.getName().startsWith("io.coldstream.")
          && Thread.currentThread().equals(own)) {
        String name = logger.getName().substring(logger.getName().lastIndexOf('.') + 1);
        String message = MessageFormatter.arrayFormat(format, arguments).getMessage();
        lines.add(level + " " + name + ": " + message);
      }
      return FilterReply.NEUTRAL;
    }
  }
}
