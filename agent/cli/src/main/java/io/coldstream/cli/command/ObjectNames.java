package io.coldstream.cli.command;

import io.coldstream.store.ObjectName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses the name of an object. */
final class ObjectNames implements ITypeConverter<ObjectName> {

  @Override
  public ObjectName convert(String text) {
    try {
      return new ObjectName(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "not the name of an object; use a name that verify printed: chunks/..., index/... or"
              + " active/...");
    }
  }
}
