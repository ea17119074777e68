package io.coldstream.cli.command;

import io.coldstream.cli.settings.Values;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses the path of a folder. */
final class Folder implements ITypeConverter<Path> {

  @Override
  public Path convert(String text) {
    try {
      return Values.path(text);
    } catch (IllegalArgumentException e) {
      // The path is not repeated: it may be something pasted.
      throw new TypeConversionException("the path of the folder " + e.getMessage());
    }
  }
}
