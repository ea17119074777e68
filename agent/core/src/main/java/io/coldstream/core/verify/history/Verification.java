package io.coldstream.core.verify.history;

import io.coldstream.core.repository.manifest.DigestedJson;
import io.coldstream.core.support.json.FormatException;
import io.coldstream.store.ObjectName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A stored result: what one run did, and what is known since, from this run and all before it.
 * {@code repository-format.md} explains each field.
 *
 * @param number its number, from 1
 * @param repository id of the repository
 * @param run the run that it is of
 * @param counts how much that run checked
 * @param coverage which objects were read when
 * @param joined the ids of the last runs whose parts were joined
 * @param backups what is known of the backups, ascending
 * @param findings the faults that are known
 */
public record Verification(
    long number,
    String repository,
    Run run,
    Counts counts,
    Coverage coverage,
    List<String> joined,
    List<CheckedBackups> backups,
    Findings findings) {

  /** Highest number: twelve digits. */
  public static final long MAX_NUMBER = 999_999_999_999L;

  /** More ids of joined runs are not kept. */
  static final int MAX_JOINED = 100;

  /** More entries about backups are not kept: those of the lowest numbers are left out. */
  static final int MAX_BACKUPS = 10_000;

  /**
   * One run.
   *
   * @param time when it began
   * @param author who ran it
   * @param depth how closely it looked
   * @param backup which backup it was about; empty for all
   * @param id the common id of its parts; empty when it was not divided
   * @param complete false for a result in the middle of a run
   */
  public record Run(
      Instant time,
      Author author,
      Depth depth,
      OptionalLong backup,
      Optional<String> id,
      boolean complete) {}

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public Verification {
    if (number < 1 || number > MAX_NUMBER) {
      throw new IllegalArgumentException("number " + number + " is not 1 to " + MAX_NUMBER);
    }
    joined = List.copyOf(joined.subList(Math.max(0, joined.size() - MAX_JOINED), joined.size()));
    backups =
        List.copyOf(backups.subList(Math.max(0, backups.size() - MAX_BACKUPS), backups.size()));
  }

  /**
   * What is known of a backup.
   *
   * @param sequence its number
   * @return the facts; empty when it was not verified
   */
  public Optional<CheckedBackups> of(long sequence) {
    return backups.stream().filter(b -> b.holds(sequence)).findFirst();
  }

  /**
   * The known faults that may concern a backup.
   *
   * @param sequence its number
   * @return how many
   */
  public long faults(long sequence) {
    return findings.listed().stream().filter(f -> f.concerns(sequence)).count();
  }

  /**
   * Writes the JSON document.
   *
   * @return its bytes
   */
  public byte[] bytes() {
    return DigestedJson.write(this);
  }

  /**
   * Parses the JSON document.
   *
   * @param bytes its bytes
   * @param name its name, for messages
   * @param number the number that its name says
   * @return what it says
   * @throws FormatException as {@link DigestedJson#read}
   */
  static Verification read(byte[] bytes, ObjectName name, long number) throws FormatException {
    Verification found = DigestedJson.read(bytes, name.value(), Verification.class);
    if (found.number != number) {
      throw new FormatException(name + ": field \"number\" is not the number in its name");
    }
    return found;
  }
}
