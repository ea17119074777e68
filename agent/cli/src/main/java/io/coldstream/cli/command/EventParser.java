package io.coldstream.cli.command;

import io.coldstream.core.restore.select.RestorePoint;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses an event: its stream, which may contain any character, and its number after the last @. */
final class EventParser implements ITypeConverter<RestorePoint.BeforeEvent> {

  private static final Pattern EVENT = Pattern.compile("(.+)@(\\d{1,18})", Pattern.DOTALL);

  @Override
  public RestorePoint.BeforeEvent convert(String text) {
    Matcher event = EVENT.matcher(text);
    if (!event.matches()) {
      throw new TypeConversionException("not an event, which is the name of its stream, @ and its"
          + " number in the stream, for example cart/5@41");
    }
    return new RestorePoint.BeforeEvent(
        event.group(1), Long.parseLong(event.group(2)), OptionalLong.empty());
  }
}
