package io.coldstream.cli.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a position of the log. */
final class Position implements ITypeConverter<Long> {

  @Override
  public Long convert(String text) {
    String digits = text.replace(",", "").replace("_", "");
    if (!digits.matches("\\d{1,18}") || Long.parseLong(digits) < 1) {
      throw new TypeConversionException("a position above 0 is expected, in bytes");
    }
    return Long.parseLong(digits);
  }
}
