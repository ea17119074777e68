package io.coldstream.cli.command;

import io.coldstream.core.prune.marks.KeepMark;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses the reason of a mark. */
final class Reason implements ITypeConverter<String> {

  @Override
  public String convert(String text) {
    KeepMark.fault(text).ifPresent(fault -> {
      throw new TypeConversionException(fault);
    });
    return text;
  }
}
