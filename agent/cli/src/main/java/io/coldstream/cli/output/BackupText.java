package io.coldstream.cli.output;

import io.coldstream.core.repository.DiscardedTail;
import io.coldstream.core.repository.manifest.LeftOut;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.repository.manifest.Positions;
import io.coldstream.eventstore.log.Epoch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Formats a backup as text. */
public final class BackupText {

  private BackupText() {}

  /**
   * The point that a backup can be brought back to.
   *
   * @param manifest the backup
   * @return position and time of the last record below it
   */
  public static String restorePoint(Manifest manifest) {
    return "position " + Formats.position(manifest.log().positions().restorePoint())
        + ", last record of " + Formats.time(manifest.log().restorePointTime());
  }

  /**
   * What a manifest says, except the single files.
   *
   * @param manifest the backup
   * @param discarded the end of its log that the newest backup does not hold
   * @param all also checkpoints and epochs, and why files were excluded
   * @return lines
   */
  public static List<String> details(
      Manifest manifest, Optional<DiscardedTail> discarded, boolean all) {
    List<String> lines = new ArrayList<>();
    lines.add("backup         " + manifest.sequence()
        + manifest.origin().label().map(l -> " \"" + l + "\"").orElse(""));
    lines.add("made           " + Formats.time(manifest.origin().time()) + " on "
        + manifest.origin().host() + " by Coldstream " + manifest.origin().agentVersion());
    lines.add("restore point  " + restorePoint(manifest));
    lines.add("database       " + manifest.log().lineage().databaseId()
        + manifest.origin().serverVersion().map(v -> ", server " + v).orElse(""));
    lines.add("chunks         " + Formats.count(chunks(manifest), "file")
        + manifest.files().activeChunk().map(c -> ", active " + c.name()).orElse(", none active"));
    lines.add("chunk size     " + ChunkSize.of(manifest).text());
    lines.add("index          "
        + manifest
            .files()
            .index()
            .map(i -> Formats.count(i.files().size(), "file") + ", up to position "
                + Formats.position(i.commitCheckpoint()))
            .orElse("excluded"));
    manifest
        .forkedFrom()
        .ifPresent(f -> lines.add("forked from    backup " + f.sequence() + " at position "
            + Formats.position(f.position())));
    discarded.ifPresent(tail -> lines.add("discarded      " + Formats.count(tail.bytes(), "byte")
        + " from position " + Formats.position(tail.position()) + " on; backup "
        + tail.discardedBy() + " continues without them"));
    lines.add("size           " + Formats.count(manifest.totals().files(), "file") + ", "
        + Formats.size(manifest.totals().bytes()) + "; this backup added "
        + Formats.count(manifest.totals().addedObjects(), "object") + ", "
        + Formats.size(manifest.totals().addedBytes()));
    List<LeftOut> leftOut = manifest.files().leftOut();
    if (all) {
      addInternals(lines, manifest);
      leftOut.forEach(l -> lines.add("excluded       " + l.name() + ": " + l.reason()));
    } else if (!leftOut.isEmpty()) {
      lines.add("excluded       "
          + leftOut.stream().map(LeftOut::name).collect(Collectors.joining(", "))
          + " (-v prints why)");
    }
    return lines;
  }

  private static void addInternals(List<String> lines, Manifest manifest) {
    Positions positions = manifest.log().positions();
    lines.add("checkpoints    writer " + Formats.position(positions.writer())
        + ", chaser " + Formats.position(positions.chaser())
        + ", epoch " + optional(positions.epoch())
        + ", proposal " + optional(positions.proposal()));
    Epoch last = manifest.log().lineage().last();
    lines.add(
        "lineage        " + Formats.count(manifest.log().lineage().epochs().size(), "epoch")
            + ", the last is " + last.number() + " at " + Formats.position(last.position()));
  }

  /** How many chunk files a backup holds. */
  static long chunks(Manifest manifest) {
    return manifest.files().pages().stream().mapToLong(PageEntry::files).sum()
        + (manifest.files().activeChunk().isPresent() ? 1 : 0);
  }

  private static String optional(OptionalLong value) {
    return value.isPresent() ? Formats.position(value.getAsLong()) : "not set";
  }
}
