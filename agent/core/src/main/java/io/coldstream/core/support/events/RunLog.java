package io.coldstream.core.support.events;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what a run tells, one line for each event. Thread-safe. */
public final class RunLog implements RunListener {

  private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.StepStarted started) {
      LOG.info("step: {}", started.step().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    } else if (event instanceof RunEvent.Planned planned) {
      LOG.info(
          "planned: {} files of {} bytes to transfer, {} files of {} bytes are present",
          planned.files(),
          planned.bytes(),
          planned.presentFiles(),
          planned.presentBytes());
    } else if (event instanceof RunEvent.Repeated again) {
      LOG.info("{} again, repetition {}: {}", again.what(), again.attempt(), again.why());
    } else if (event instanceof RunEvent.Resumed resumed) {
      LOG.info(
          "{} resumed: {} of {} parts are present",
          resumed.file(),
          resumed.partsThere(),
          resumed.parts());
    } else if (event instanceof RunEvent.FileDone done) {
      LOG.debug("{} done, {} bytes", done.name(), done.bytes());
    } else if (event instanceof RunEvent.Warning warning) {
      LOG.warn("{}", warning.text());
    }
  }
}
