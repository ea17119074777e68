package io.coldstream.cli.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a time with its offset. */
final class PointInTime implements ITypeConverter<Instant> {

  @Override
  public Instant convert(String text) {
    try {
      return OffsetDateTime.parse(text.strip().replace(" UTC", "Z").replace(' ', 'T'))
          .toInstant();
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "not a time with an offset; use for example 2026-01-02T03:04:05Z or"
              + " 2026-01-02T04:04:05+01:00");
    }
  }
}
