package io.coldstream.cli.command;

import io.coldstream.core.doctor.Role;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses the role of {@code doctor --expect}. */
final class ExpectedRole implements ITypeConverter<Role> {

  @Override
  public Role convert(String text) {
    return switch (text) {
      case "writer" -> Role.WRITER;
      case "restorer" -> Role.RESTORER;
      case "pruner" -> Role.PRUNER;
      default -> throw new TypeConversionException("not a role; use writer, restorer or pruner");
    };
  }
}
