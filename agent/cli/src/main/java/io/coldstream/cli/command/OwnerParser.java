package io.coldstream.cli.command;

import io.coldstream.core.support.disk.OwnerName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a user and a group. */
final class OwnerParser implements ITypeConverter<OwnerName> {

  private static final Pattern OWNER =
      Pattern.compile("([A-Za-z0-9_.-]+\\$?)(?::([A-Za-z0-9_.-]*\\$?))?");

  @Override
  public OwnerName convert(String text) {
    Matcher owner = OWNER.matcher(text);
    if (!owner.matches()) {
      throw new TypeConversionException(
          "not a user and a group; use for example kurrent, kurrent:kurrent or 998:997");
    }
    return new OwnerName(
        owner.group(1), Optional.ofNullable(owner.group(2)).filter(group -> !group.isEmpty()));
  }
}
