package io.coldstream.cli.command;

import io.coldstream.store.ObjectName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an object's name. */
final class ObjectNames implements ITypeConverter<ObjectName> {

  @Override
  public ObjectName convert(String text) {
    try {
      return new ObjectName(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "an object's name is expected, as verify prints it: chunks/..., index/... or active/...");
    }
  }
}
