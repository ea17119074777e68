package io.coldstream.eventstore;

import java.io.IOException;
import java.util.Optional;

/**
 * Thrown when files do not form a valid database. Callers branch on {@link #kind()}; the message
 * names the file, the invariant, the values met and what to do, and never holds event data.
 *
 * <p>A file that is gone, or that may not be read, is not this exception but the one that the file
 * system gave ({@link java.nio.file.NoSuchFileException}, {@link
 * java.nio.file.AccessDeniedException}).
 */
public final class DatabaseException extends IOException {

  /** What a caller can do about it. */
  public enum Kind {
    /** There is no database here, or not yet. */
    NOT_A_DATABASE,
    /** The files contradict themselves or each other. */
    DAMAGED,
    /** The files may be sound, but this program does not know how to read them. */
    UNSUPPORTED,
    /** The files changed while they were read: reading everything again makes sense. */
    CHANGED
  }

  private final Kind kind;
  private final String file;
  private final String found;
  private final transient Optional<Invariant> invariant;

  /**
   * A failure.
   *
   * @param kind what callers branch on
   * @param file the name of the file that it was seen in
   * @param invariant what does not hold, where it has a number
   * @param found the values that were met
   * @param advice what to do
   */
  public DatabaseException(
      Kind kind, String file, Optional<Invariant> invariant, String found, String advice) {
    super(message(file, invariant, found, advice));
    this.kind = kind;
    this.file = file;
    this.found = found;
    this.invariant = invariant;
  }

  /**
   * Creates an exception for a damaged file.
   *
   * @param file the name of the file that it was seen in
   * @param invariant what does not hold
   * @param found the values that were met
   * @return the exception, to be thrown
   */
  public static DatabaseException damaged(String file, Invariant invariant, String found) {
    return new DatabaseException(
        Kind.DAMAGED,
        file,
        Optional.of(invariant),
        found,
        "back up again; if the fault remains, check its disk and its log");
  }

  /**
   * Something that this program does not know.
   *
   * @param file the name of the file that it was seen in
   * @param invariant what does not hold
   * @param found the values that were met
   * @param advice what to do
   * @return the exception, to be thrown
   */
  public static DatabaseException unsupported(
      String file, Invariant invariant, String found, String advice) {
    return new DatabaseException(Kind.UNSUPPORTED, file, Optional.of(invariant), found, advice);
  }

  /**
   * A change under our hands.
   *
   * @param file the name of the file that it was seen in
   * @param invariant what did not hold at that instant
   * @param found the values that were met
   * @return the exception, to be thrown
   */
  public static DatabaseException changed(String file, Invariant invariant, String found) {
    return new DatabaseException(
        Kind.CHANGED,
        file,
        Optional.of(invariant),
        found,
        "the server is changing its files; back up again");
  }

  /**
   * Creates an exception for a folder without a database.
   *
   * @param file the name of the file or folder that shows it
   * @param found the values that were met
   * @param advice what to do
   * @return the exception, to be thrown
   */
  public static DatabaseException notADatabase(String file, String found, String advice) {
    return new DatabaseException(Kind.NOT_A_DATABASE, file, Optional.empty(), found, advice);
  }

  /** {@return what callers branch on} */
  public Kind kind() {
    return kind;
  }

  /** {@return the name of the file that it was seen in} */
  public String file() {
    return file;
  }

  /** {@return the file and what was met in it, without invariant and advice: for a longer message} */
  public String found() {
    return file + ": " + found;
  }

  /**
   * What a failure says as a part of a longer message.
   *
   * @param failure whatever it is
   * @return {@link #found()} where it is one of these, otherwise its message
   */
  public static String found(Exception failure) {
    return failure instanceof DatabaseException damage ? damage.found() : failure.getMessage();
  }

  /** {@return what does not hold, where it has a number} */
  public Optional<Invariant> invariant() {
    return invariant;
  }

  private static String message(
      String file, Optional<Invariant> invariant, String found, String advice) {
    String number = invariant.map(i -> " (" + i + ": " + i.meaning() + ")").orElse("");
    return file + ": " + found + number + "; " + advice;
  }
}
