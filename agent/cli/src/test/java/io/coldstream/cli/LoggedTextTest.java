package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What libraries log is printed as one line without anything that a terminal obeys. */
class LoggedTextTest {

  @Test
  void aLoggedMessageIsOneLine() throws Exception {
    LoggerContext context = new LoggerContext();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    URL configuration = Main.class.getResource("/logback.xml");
    configurator.doConfigure(configuration);
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    OutputStreamAppender<?> appender = (OutputStreamAppender<?>) root.getAppender("stderr");

    assertThat(encoded(appender, root, "said {one}\u001b[31m\n\u009b2J\u202e\u2028end"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z WARN  ROOT: .*\\R")
        .endsWith("WARN  ROOT: said {one}\\u001b[31m\\n\\u009b2J\\u202e\\u2028end"
            + System.lineSeparator());
    assertThat(encoded(appender, root, "no sig=abc123 and no https://u:abc123@host/?x=abc123"))
        .doesNotContain("abc123");
    context.stop();
  }

  @SuppressWarnings("unchecked")
  private static String encoded(OutputStreamAppender<?> appender, Logger logger, String message) {
    LoggingEvent event = new LoggingEvent("", logger, Level.WARN, message, null, null);
    return new String(
        ((OutputStreamAppender<Object>) appender).getEncoder().encode(event),
        StandardCharsets.UTF_8);
  }
}
