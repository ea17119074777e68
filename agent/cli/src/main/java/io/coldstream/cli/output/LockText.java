package io.coldstream.cli.output;

import io.coldstream.core.lock.LockReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Formats locks as text. */
public final class LockText {

  private static final int DATE = "2026-01-01".length();

  private LockText() {}

  /**
   * What a run did.
   *
   * @param url the repository
   * @param done what was done
   * @return lines
   */
  public static List<String> lines(String url, LockReport done) {
    List<String> lines = new ArrayList<>();
    lines.add(Formats.count(done.extended(), "lock") + " of " + url + " extended");
    lines.add("  backups        " + Formats.count(done.backups(), "backup") + ", " + done.due()
        + " with locks that ended soon");
    lines.add("  " + safe(done));
    refused(done).ifPresent(line -> lines.add("  " + line));
    lines.add("  took           " + Formats.duration(done.duration()));
    return lines;
  }

  /**
   * Until when all kept backups are safe.
   *
   * @param done what was done
   * @return a line
   */
  public static String safe(LockReport done) {
    return "locked until   " + done.safeUntil().map(Formats::time).orElse("not all are locked");
  }

  /**
   * What the store refused.
   *
   * @param done what was done
   * @return a line with the first reason; empty when nothing was refused
   */
  public static Optional<String> refused(LockReport done) {
    return done.refusals().stream()
        .findFirst()
        .map(first -> "REFUSED        " + Formats.count(done.refusals().size(), "object")
            + ", the first: " + first.failure().getMessage());
  }

  /**
   * Until when a backup is locked, for a table.
   *
   * @param end when its locks end, if any were noted
   * @param now the present
   * @return the day, or that it has passed; empty text for no locks
   */
  public static String cell(Optional<Instant> end, Instant now) {
    return end.map(time -> time.isAfter(now) ? Formats.option(time).substring(0, DATE) : "ended")
        .orElse("");
  }

  /**
   * Until when a backup is locked, among its details.
   *
   * @param end when its locks end
   * @param now the present
   * @return a line
   */
  public static String detail(Instant end, Instant now) {
    return "locked         "
        + (end.isAfter(now)
            ? "until " + Formats.time(end)
            : "no longer: until " + Formats.time(end));
  }
}
