package io.coldstream.cli.output;

import io.coldstream.core.verify.history.CheckedBackups;
import io.coldstream.core.verify.history.StoredFinding;
import io.coldstream.core.verify.history.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Says when backups were last verified. */
public final class VerifiedText {

  private static final int DATE = "2026-01-01".length();

  private VerifiedText() {}

  /**
   * The cell of a table.
   *
   * @param newest the newest result
   * @param sequence the backup
   * @return the day and the depth, or that there are faults; empty when it was not verified
   */
  public static String cell(Optional<Verification> newest, long sequence) {
    if (newest.isEmpty()) {
      return "";
    }
    return newest.get().faults(sequence) > 0
        ? "FAULTS"
        : newest
            .get()
            .of(sequence)
            .map(
                b -> Formats.option(b.checked()).substring(0, DATE) + " " + Formats.name(b.depth()))
            .orElse("");
  }

  /**
   * What the newest result says of the backups of a repository.
   *
   * @param newest the newest result
   * @param backups the numbers of the backups
   * @param now the time
   * @return a sentence without its full stop
   */
  public static String known(Verification newest, List<Long> backups, Instant now) {
    long faults = newest.findings().count();
    return faults > 0
        ? Formats.count(faults, "known fault") + "; coldstream verify names "
            + (faults == 1 ? "it" : "them") + " and prints the repair"
        : read(backups.stream().map(newest::of).toList(), now);
  }

  /**
   * Since when every byte of some backups was read.
   *
   * @param backups what is known of each; empty for one that was not verified
   * @param now the time
   * @return a sentence without its full stop
   */
  public static String read(List<Optional<CheckedBackups>> backups, Instant now) {
    long unread = backups.stream().filter(b -> since(b).isEmpty()).count();
    return readSince(backups)
        .map(oldest -> "every byte was read since " + Formats.time(oldest) + ", the oldest "
            + Formats.age(Duration.between(oldest, now)) + " ago")
        .orElseGet(() -> Formats.count(unread, "backup") + (unread == 1 ? " has" : " have")
            + " bytes that no verification has read");
  }

  /**
   * Since when every byte of some backups was read.
   *
   * @param backups what is known of each; empty for one that was not verified
   * @return the time of the oldest reading; empty when a byte was never read
   */
  public static Optional<Instant> readSince(List<Optional<CheckedBackups>> backups) {
    return backups.stream().anyMatch(b -> since(b).isEmpty())
        ? Optional.empty()
        : backups.stream().flatMap(b -> since(b).stream()).min(Comparator.naturalOrder());
  }

  private static Optional<Instant> since(Optional<CheckedBackups> backup) {
    return backup.flatMap(CheckedBackups::readSince);
  }

  /**
   * What is known of one backup.
   *
   * @param newest the newest result
   * @param sequence the backup
   * @param now the time
   * @return lines in the form of {@link BackupText#details}
   */
  public static List<String> details(Optional<Verification> newest, long sequence, Instant now) {
    List<String> lines = new ArrayList<>();
    Optional<CheckedBackups> known = newest.flatMap(v -> v.of(sequence));
    lines.add("verified       "
        + known
            .map(b -> Formats.time(b.checked()) + ", " + Formats.name(b.depth()) + ", "
                + Formats.age(Duration.between(b.checked(), now)) + " ago")
            .orElse("never"));
    known.ifPresent(b -> lines.add("read           "
        + b.readSince()
            .map(since -> "every byte since " + Formats.time(since) + ", the oldest "
                + Formats.age(Duration.between(since, now)) + " ago")
            .orElseGet(() -> Formats.size(b.unreadBytes()) + " were never read")));
    newest.stream()
        .flatMap(v -> v.findings().listed().stream())
        .filter(f -> f.concerns(sequence))
        .map(StoredFinding::fault)
        .forEach(fault -> lines.add("FAULT          " + fault));
    return lines;
  }
}
