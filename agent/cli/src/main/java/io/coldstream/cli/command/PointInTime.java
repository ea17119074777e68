package io.coldstream.cli.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time with its offset: without one nobody knows at night which clock was meant. */
final class PointInTime implements ITypeConverter<Instant> {

  @Override
  public Instant convert(String text) {
    try {
      return OffsetDateTime.parse(text.strip().replace(" UTC", "Z").replace(' ', 'T'))
          .toInstant();
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "a time with its offset is expected, such as 2026-01-02T03:04:05Z or"
              + " 2026-01-02T04:04:05+01:00");
    }
  }
}
