package io.coldstream.core.prune.marks;

import io.coldstream.core.repository.manifest.DigestedJson;
import io.coldstream.core.support.json.FormatException;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mark of a backup: {@code marks/<number of the backup>/<n>.json}. The one with the highest n counts.
 *
 * @param repository id of the repository
 * @param backup the backup's number
 * @param keep whether the backup is kept from now on; false takes an earlier mark back
 * @param time when it was set, by the clock of the machine
 * @param host the machine
 * @param reason why, in the user's words
 */
public record KeepMark(
    String repository,
    long backup,
    boolean keep,
    Instant time,
    String host,
    Optional<String> reason) {

  /** Where all marks are. */
  static final ObjectPrefix MARKS = new ObjectPrefix("marks/");

  /** So many times a backup can be marked, and the mark taken back. */
  static final int MAX_NUMBER = 9999;

  /** A mark has a few hundred bytes. */
  static final int MAX_BYTES = 16 << 10;

  private static final int MAX_REASON = 200;
  private static final Pattern NAME = Pattern.compile("marks/(\\d{12})/(\\d{4})\\.json");

  /**
   * Checks the reason.
   *
   * @throws IllegalArgumentException when it is too long or has control characters
   */
  public KeepMark {
    reason.flatMap(KeepMark::fault).ifPresent(fault -> {
      throw new IllegalArgumentException("the reason " + fault);
    });
  }

  /**
   * What is wrong with a reason.
   *
   * @param reason the text
   * @return what is wrong, as the end of a sentence; empty when it can be stored
   */
  public static Optional<String> fault(String reason) {
    if (reason.length() > MAX_REASON) {
      return Optional.of(
          "has " + reason.length() + " characters; it can have at most " + MAX_REASON);
    }
    return reason.chars().anyMatch(Character::isISOControl)
        ? Optional.of("has a control character, such as a line feed; write it in one line")
        : Optional.empty();
  }

  static ObjectPrefix folder(long backup) {
    return new ObjectPrefix(String.format(Locale.ROOT, "%s%012d/", MARKS, backup));
  }

  static ObjectName name(long backup, int number) {
    return ObjectName.in(folder(backup), String.format(Locale.ROOT, "%04d.json", number));
  }

  /** The backup that an object marks; empty when it has not the name of a mark. */
  static OptionalLong backup(ObjectName name) {
    Matcher matcher = NAME.matcher(name.value());
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  /** The number of a mark; empty when it has not the name of one. */
  static OptionalInt number(ObjectName name) {
    Matcher matcher = NAME.matcher(name.value());
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(2)))
        : OptionalInt.empty();
  }

  byte[] bytes() {
    return DigestedJson.write(this);
  }

  static KeepMark read(byte[] bytes, ObjectName name, String repository) throws FormatException {
    KeepMark mark = DigestedJson.read(bytes, name.value(), KeepMark.class);
    if (!mark.repository.equals(repository) || !OptionalLong.of(mark.backup).equals(backup(name))) {
      throw new FormatException(name + " belongs to another repository or backup");
    }
    return mark;
  }
}
