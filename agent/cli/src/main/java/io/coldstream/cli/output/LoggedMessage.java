package io.coldstream.cli.output;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** A logged message as one printable line without secrets, whoever logs it; see {@code logback.xml}. */
public final class LoggedMessage extends ClassicConverter {

  @Override
  public String convert(ILoggingEvent event) {
    return Printable.line(Redaction.of(event.getFormattedMessage()));
  }
}
