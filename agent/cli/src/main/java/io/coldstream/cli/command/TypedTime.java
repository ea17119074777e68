package io.coldstream.cli.command;

import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.spi.NearestName;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A date and a time as a user types them, the same in every locale.
 *
 * @param local the date and the time
 * @param zone the zone or offset that was typed with them
 */
record TypedTime(LocalDateTime local, Optional<ZoneId> zone) {

  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ISO_LOCAL_DATE_TIME;
  private static final DateTimeFormatter COMPLETE = DateTimeFormatter.ISO_OFFSET_DATE_TIME;

  /** Parses what {@code list} prints, and what people type. */
  static final class Parser implements ITypeConverter<TypedTime> {

    private static final String DATE = "\\d{4}-\\d{2}-\\d{2}";
    private static final Pattern TYPED = Pattern.compile(
        "(" + DATE + ")(?:[Tt]| +)(\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?) *(.*)");
    private static final Pattern OFFSET =
        Pattern.compile("(?:UTC|GMT)?([+-]\\d{2}(?::?\\d{2})?)", Pattern.CASE_INSENSITIVE);

    @Override
    public TypedTime convert(String text) {
      String typed = text.strip();
      Matcher parts = TYPED.matcher(typed);
      if (!parts.matches()) {
        throw new TypeConversionException(
            typed.matches(DATE)
                ? "a date without a time; add the time, and quote a value that has a space, for"
                    + " example '2026-01-02 03:04:05 UTC'"
                : "not a date and a time; use for example 2026-01-02T03:04:05Z,"
                    + " '2026-01-02 03:04 UTC', 2026-01-02T04:04:05+01:00 or"
                    + " '2026-01-02 04:04 Europe/Berlin'");
      }
      try {
        return new TypedTime(
            LocalDateTime.parse(parts.group(1) + "T" + parts.group(2)), zone(parts.group(3)));
      } catch (DateTimeException e) {
        throw new TypeConversionException("there is no such date, time or offset; use for example"
            + " 2026-01-02T03:04:05Z or 2026-01-02T04:04:05+01:00");
      }
    }

    private static Optional<ZoneId> zone(String text) {
      if (text.isEmpty()) {
        return Optional.empty();
      }
      if (List.of("Z", "UTC", "GMT").contains(text.toUpperCase(Locale.ROOT))) {
        return Optional.of(ZoneOffset.UTC);
      }
      Matcher offset = OFFSET.matcher(text);
      return Optional.of(offset.matches() ? ZoneOffset.of(offset.group(1)) : region(text));
    }

    /** Short names such as CST are left out: they mean different zones in different places. */
    private static ZoneId region(String text) {
      List<String> known = ZoneId.getAvailableZoneIds().stream()
          .filter(id -> id.contains("/") && !id.startsWith("SystemV/"))
          .toList();
      return known.stream()
          .filter(text::equalsIgnoreCase)
          .findFirst()
          .map(ZoneId::of)
          .orElseThrow(() -> new TypeConversionException("the time zone \"" + text
              + "\" is not known; use UTC, an offset such as +01:00, or a full name such as"
              + " Europe/Berlin" + NearestName.hint(text, known)));
    }
  }

  /**
   * The one moment that is meant.
   *
   * @param machine the zone of this machine
   * @return the moment
   * @throws RunException {@link Kind#USAGE} when there are several such moments, or none; its
   *     remedies have a complete value for each
   */
  Instant instant(ZoneId machine) throws RunException {
    if (zone.isEmpty()) {
      throw refused("has no time zone", withoutZone(machine));
    }
    List<ZoneOffset> offsets = zone.get().getRules().getValidOffsets(local);
    if (offsets.size() == 1) {
      return local.toInstant(offsets.get(0));
    }
    ZoneOffsetTransition change = zone.get().getRules().getTransition(local);
    String clocks = zone.get() + ": the clocks are set from "
        + change.getDateTimeBefore().toLocalTime() + " to "
        + change.getDateTimeAfter().toLocalTime();
    throw refused(
        (offsets.isEmpty() ? "does not exist in " : "happens twice in ") + clocks,
        readings(zone.get(), zone.get().toString()));
  }

  private List<Remedy> withoutZone(ZoneId machine) {
    List<Remedy> remedies = new ArrayList<>();
    remedies.add(remedy("The time in UTC", local.atOffset(ZoneOffset.UTC)));
    if (!machine.getRules().getValidOffsets(local).equals(List.of(ZoneOffset.UTC))) {
      remedies.addAll(readings(machine, "this machine's zone " + machine));
    }
    return remedies;
  }

  /** A time that the clocks skipped stands for the moment at which they did. */
  private List<Remedy> readings(ZoneId where, String called) {
    List<ZoneOffset> offsets = where.getRules().getValidOffsets(local);
    if (offsets.isEmpty()) {
      ZoneOffsetTransition change = where.getRules().getTransition(local);
      return List.of(remedy(
          "The moment of that change in " + called,
          change.getDateTimeAfter().atOffset(change.getOffsetAfter())));
    }
    if (offsets.size() == 1) {
      return List.of(remedy("The time in " + called, local.atOffset(offsets.get(0))));
    }
    return List.of(
        remedy("The first such time in " + called, local.atOffset(offsets.get(0))),
        remedy("The second such time in " + called, local.atOffset(offsets.get(1))));
  }

  private static Remedy remedy(String which, OffsetDateTime time) {
    String value = COMPLETE.format(time);
    return new Remedy(
        which + " is " + value + ". For that, run", Remedy.Action.AT_TIME, List.of(value));
  }

  private RunException refused(String why, List<Remedy> remedies) {
    return new RunException(Kind.USAGE, "--at " + LOCAL.format(local) + " " + why, null, remedies);
  }
}
