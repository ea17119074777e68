package io.coldstream.cli.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a number of 0 or more. */
final class Count implements ITypeConverter<Long> {

  @Override
  public Long convert(String text) {
    String digits = text.replace(",", "").replace("_", "");
    if (!digits.matches("\\d{1,19}") || !fits(digits)) {
      throw new TypeConversionException("not a whole number of 0 or more");
    }
    return Long.parseLong(digits);
  }

  private static boolean fits(String digits) {
    return digits.length() < 19 || digits.compareTo(Long.toString(Long.MAX_VALUE)) <= 0;
  }
}
