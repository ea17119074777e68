package io.coldstream.cli.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the path of a folder. */
final class Folder implements ITypeConverter<Path> {

  @Override
  public Path convert(String text) {
    try {
      if (!text.isEmpty()) {
        return Path.of(text).toAbsolutePath().normalize();
      }
    } catch (InvalidPathException e) {
      // As an empty one: the path is not repeated, it may be something pasted.
    }
    throw new TypeConversionException("the path of a folder is expected");
  }
}
