package io.coldstream.cli.command;

import io.coldstream.store.spi.Quantity;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses how long to wait. */
final class Patience implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    return Quantity.duration(text)
        .orElseThrow(
            () -> new TypeConversionException("not a duration; use for example 90s, 15m or 2h"));
  }
}
