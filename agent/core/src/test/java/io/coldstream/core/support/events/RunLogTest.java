package io.coldstream.core.support.events;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.coldstream.core.support.disk.LocalDisk;
import io.coldstream.core.support.state.StateFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a run logs, and at which level. */
class RunLogTest {

  private static final String ID = "0123456789abcdefghjkmnpqrs";

  private final List<Logger> loggers = List.of(logger(RunLog.class), logger(StateFolder.class));
  private final OwnLines lines = new OwnLines();

  @BeforeEach
  void listen() {
    lines.start();
    for (Logger logger : loggers) {
      logger.setLevel(Level.DEBUG);
      logger.addAppender(lines);
    }
  }

  @AfterEach
  void stopListening() {
    for (Logger logger : loggers) {
      logger.detachAppender(lines);
      logger.setLevel(null);
    }
  }

  @Test
  void eachEventButBytesIsOneLine() {
    RunLog log = new RunLog();
    log.on(new RunEvent.StepStarted(Step.UPLOAD_CHUNKS));
    log.on(new RunEvent.Planned(3, 1000, 2, 500));
    log.on(new RunEvent.Transferred(7));
    log.on(new RunEvent.Repeated("capture", 1, "chunk-000001.000000 is gone"));
    log.on(new RunEvent.Resumed("chunk-000000.000000", 2, 5, 200));
    log.on(new RunEvent.FileDone("chunk-000000.000000", 1000));
    log.on(new RunEvent.Warning("no {} is replaced"));

    assertThat(lines.kept)
        .containsExactly(
            "INFO step: upload chunks",
            "INFO planned: 3 files of 1000 bytes to transfer, 2 files of 500 bytes are present",
            "INFO capture again, repetition 1: chunk-000001.000000 is gone",
            "INFO chunk-000000.000000 resumed: 2 of 5 parts are present",
            "DEBUG chunk-000000.000000 done, 1000 bytes",
            "WARN no {} is replaced");
  }

  @Test
  void aHintThatCannotBeUsedIsAWarningAndAMissingOneIsNot(@TempDir Path temp) throws Exception {
    StateFolder folder = new StateFolder(new LocalDisk(), temp);
    folder.newest(ID);
    assertThat(lines.kept).isEmpty();

    folder.remember(ID, 42);
    Path file = temp.resolve("newest-" + ID);
    Files.writeString(file, "damaged");
    folder.newest(ID);
    Files.delete(file);
    Files.createDirectory(file);
    folder.newest(ID);

    assertThat(lines.kept).hasSize(2).allMatch(line -> line.startsWith("WARN "));
    assertThat(lines.kept).allMatch(line -> line.contains(file.toString()));
  }

  /** Waits while another thread sets the log up: until then there are only substitutes. */
  private static Logger logger(Class<?> type) {
    while (true) {
      if (LoggerFactory.getLogger(type) instanceof Logger logger) {
        return logger;
      }
      Thread.onSpinWait();
    }
  }

  /** What this thread logs: other tests run at the same time. */
  private static final class OwnLines extends AppenderBase<ILoggingEvent> {
    private final Thread own = Thread.currentThread();
    private final List<String> kept = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      if (Thread.currentThread().equals(own)) {
        kept.add(event.getLevel() + " " + event.getFormattedMessage());
      }
    }
  }
}
