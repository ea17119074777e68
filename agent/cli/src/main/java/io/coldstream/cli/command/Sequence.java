package io.coldstream.cli.command;

import io.coldstream.core.repository.manifest.Manifest;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses the number of a backup. */
final class Sequence implements ITypeConverter<Long> {

  @Override
  public Long convert(String text) {
    if (!text.matches("\\d{1,12}") || Long.parseLong(text) < 1) {
      throw new TypeConversionException("not the number of a backup, 1 to " + Manifest.MAX_SEQUENCE
          + "; coldstream list prints the numbers");
    }
    return Long.parseLong(text);
  }
}
