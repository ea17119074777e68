package io.coldstream.cli.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a position in the log. */
final class Position implements ITypeConverter<Long> {

  @Override
  public Long convert(String text) {
    String digits = text.replace(",", "").replace("_", "");
    if (!digits.matches("\\d{1,18}") || Long.parseLong(digits) < 1) {
      throw new TypeConversionException("not a position in the log, which is a number of bytes"
          + " above 0; restore-points prints which can be restored");
    }
    return Long.parseLong(digits);
  }
}
