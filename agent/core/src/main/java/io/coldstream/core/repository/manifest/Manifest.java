package io.coldstream.core.repository.manifest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/**
 * One committed backup. With its pages it is complete, and it never changes.
 *
 * @param sequence its number, from 1; never used twice
 * @param repositoryId the repository that it belongs to
 * @param origin who made it
 * @param log the log as it was captured
 * @param forkedFrom where it left the backup before it, if it does not continue that one
 * @param files the files that it holds
 * @param totals how much it is
 */
public record Manifest(
    long sequence,
    String repositoryId,
    Origin origin,
    LogState log,
    Optional<ForkedFrom> forkedFrom,
    ManifestFiles files,
    Totals totals) {

  /** The format of the repository that this version writes, and the only one it reads. */
  public static final int FORMAT = 1;

  /** Highest sequence: twelve digits. */
  public static final long MAX_SEQUENCE = 999_999_999_999L;

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public Manifest {
    if (sequence < 1 || sequence > MAX_SEQUENCE) {
      throw new IllegalArgumentException("sequence " + sequence + " is not 1 to " + MAX_SEQUENCE);
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Manifest of(ManifestDocument document) {
    return document.manifest();
  }

  @JsonValue
  ManifestDocument document() {
    return ManifestDocument.of(this);
  }
}
