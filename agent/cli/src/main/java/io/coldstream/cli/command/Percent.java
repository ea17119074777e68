package io.coldstream.cli.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a percentage. */
final class Percent implements ITypeConverter<Double> {

  @Override
  public Double convert(String text) {
    String number = text.endsWith("%") ? text.substring(0, text.length() - 1) : text;
    double value = number.matches("\\d{1,3}(\\.\\d{1,6})?") ? Double.parseDouble(number) : 0;
    if (!(value > 0 && value <= 100)) {
      throw new TypeConversionException(
          "not a percentage above 0% and up to 100%; use for example 5%");
    }
    return value;
  }
}
