package io.coldstream.cli.output;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.coldstream.core.repository.DiscardedTail;
import io.coldstream.core.repository.manifest.ForkedFrom;
import io.coldstream.core.repository.manifest.LeftOut;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.Totals;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The object {@code backup} of {@code json-output.md}: what a program wants to know of a backup
 * without reading its manifest.
 *
 * @param identity which backup it is
 * @param restorePoint up to where it can be restored
 * @param content what it holds
 * @param totals how much it is
 * @param leftOut the excluded files
 * @param forkedFrom where it left the history of the backup before; null if it continues that one
 * @param discarded the end of its log that the newest backup does not hold; null if there is none
 * @param known what is known of it beside its manifest
 */
public record BackupJson(
    @JsonUnwrapped Identity identity,
    RestorePointJson restorePoint,
    @JsonUnwrapped Content content,
    @JsonUnwrapped Totals totals,
    List<LeftOut> leftOut,
    @JsonInclude(Include.ALWAYS) Optional<ForkedFrom> forkedFrom,
    @JsonInclude(Include.ALWAYS) Optional<DiscardedJson> discarded,
    @JsonUnwrapped Known known) {

  /**
   * What is known of a backup beside its manifest.
   *
   * @param verified when it was last verified; null if that is not known or was not asked
   * @param mark the mark that keeps it; null if there is none, or it was not asked
   * @param lockedUntil when its locks end or have ended; null if it has none or that was not asked
   */
  public record Known(
      @JsonInclude(Include.ALWAYS) Optional<VerifiedJson> verified,
      @JsonInclude(Include.ALWAYS) Optional<MarkJson> mark,
      @JsonInclude(Include.ALWAYS) Optional<Instant> lockedUntil) {

    private static final Known NOTHING =
        new Known(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Which backup it is; the label is null where none was given. */
  record Identity(
      long sequence,
      Instant time,
      String host,
      @JsonInclude(Include.ALWAYS) Optional<String> label,
      UUID database) {}

  /** What a backup holds of the database. */
  record Content(long chunks, long chunkSize, boolean index) {}

  /**
   * Describes a backup.
   *
   * @param manifest the backup
   * @param discarded the end of its log that the newest backup does not hold
   * @return the object
   */
  public static BackupJson of(Manifest manifest, Optional<DiscardedTail> discarded) {
    return new BackupJson(
        new Identity(
            manifest.sequence(),
            manifest.origin().time(),
            manifest.origin().host(),
            manifest.origin().label(),
            manifest.log().lineage().databaseId()),
        new RestorePointJson(
            manifest.log().positions().restorePoint(), manifest.log().restorePointTime()),
        new Content(
            BackupText.chunks(manifest),
            manifest.log().chunkSizeBytes(),
            manifest.files().index().isPresent()),
        manifest.totals(),
        manifest.files().leftOut(),
        manifest.forkedFrom(),
        discarded.map(DiscardedJson::of),
        Known.NOTHING);
  }

  /**
   * The same with what is known beside the manifest.
   *
   * @param more what verifications, marks and locks tell
   * @return the object
   */
  public BackupJson with(Known more) {
    return new BackupJson(
        identity, restorePoint, content, totals, leftOut, forkedFrom, discarded, more);
  }
}
