package io.coldstream.cli.command;

import io.coldstream.core.repository.manifest.Manifest;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a backup's number. */
final class Sequence implements ITypeConverter<Long> {

  @Override
  public Long convert(String text) {
    if (!text.matches("\\d{1,12}") || Long.parseLong(text) < 1) {
      throw new TypeConversionException("a backup's number is expected, 1 to "
          + Manifest.MAX_SEQUENCE + "; the command list shows them");
    }
    return Long.parseLong(text);
  }
}
