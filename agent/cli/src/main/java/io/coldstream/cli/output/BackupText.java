package io.coldstream.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.coldstream.core.repository.DiscardedTail;
import io.coldstream.core.repository.manifest.ForkedFrom;
import io.coldstream.core.repository.manifest.LeftOut;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.repository.manifest.Positions;
import io.coldstream.core.support.json.Json;
import io.coldstream.eventstore.log.Epoch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Formats a backup as text, and as the JSON object {@code backup} of {@code json-output.md}. */
public final class BackupText {

  private BackupText() {}

  /**
   * What a program wants to know of a backup without reading its manifest.
   *
   * @param manifest the backup
   * @param discarded the end of its log that the newest backup does not hold
   * @return the object
   */
  public static ObjectNode json(Manifest manifest, Optional<DiscardedTail> discarded) {
    ObjectNode node = Json.object();
    node.put("sequence", manifest.sequence());
    node.put("time", manifest.origin().time().toString());
    node.put("host", manifest.origin().host());
    node.put("label", manifest.origin().label().orElse(null));
    node.put("database", manifest.log().lineage().databaseId().toString());
    ObjectNode point = node.putObject("restorePoint");
    point.put("position", manifest.log().positions().restorePoint());
    point.put("time", manifest.log().restorePointTime().toString());
    node.put("chunks", chunks(manifest));
    node.put("chunkSize", manifest.log().chunkSizeBytes());
    node.put("index", manifest.files().index().isPresent());
    node.put("files", manifest.totals().files());
    node.put("bytes", manifest.totals().bytes());
    node.put("addedObjects", manifest.totals().addedObjects());
    node.put("addedBytes", manifest.totals().addedBytes());
    ArrayNode leftOut = node.putArray("leftOut");
    manifest
        .files()
        .leftOut()
        .forEach(l -> leftOut.addObject().put("name", l.name()).put("reason", l.reason()));
    node.set("forkedFrom", manifest.forkedFrom().map(BackupText::json).orElse(null));
    node.set("discarded", discarded.map(BackupText::json).orElse(null));
    return node;
  }

  private static ObjectNode json(ForkedFrom forkedFrom) {
    return Json.object()
        .put("sequence", forkedFrom.sequence())
        .put("position", forkedFrom.position());
  }

  /**
   * A discarded tail for programs.
   *
   * @param tail the end of a backup's log
   * @return the object
   */
  public static ObjectNode json(DiscardedTail tail) {
    return Json.object()
        .put("sequence", tail.sequence())
        .put("position", tail.position())
        .put("bytes", tail.bytes())
        .put("discardedBy", tail.discardedBy());
  }

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
   * Everything that a manifest says, except the single files.
   *
   * @param manifest the backup
   * @param discarded the end of its log that the newest backup does not hold
   * @return lines
   */
  public static List<String> details(Manifest manifest, Optional<DiscardedTail> discarded) {
    List<String> lines = new ArrayList<>();
    Positions positions = manifest.log().positions();
    lines.add("backup         " + manifest.sequence()
        + manifest.origin().label().map(l -> " \"" + l + "\"").orElse(""));
    lines.add("made           " + Formats.time(manifest.origin().time()) + " on "
        + manifest.origin().host() + " by Coldstream " + manifest.origin().agentVersion());
    lines.add("restore point  " + restorePoint(manifest));
    lines.add("database       " + manifest.log().lineage().databaseId()
        + manifest.origin().serverVersion().map(v -> ", server " + v).orElse(""));
    lines.add("checkpoints    writer " + Formats.position(positions.writer())
        + ", chaser " + Formats.position(positions.chaser())
        + ", epoch " + optional(positions.epoch())
        + ", proposal " + optional(positions.proposal()));
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
    Epoch last = manifest.log().lineage().last();
    lines.add(
        "lineage        " + Formats.count(manifest.log().lineage().epochs().size(), "epoch")
            + ", the last is " + last.number() + " at " + Formats.position(last.position()));
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
    for (LeftOut leftOut : manifest.files().leftOut()) {
      lines.add("excluded       " + leftOut.name() + ": " + leftOut.reason());
    }
    return lines;
  }

  private static long chunks(Manifest manifest) {
    return manifest.files().pages().stream().mapToLong(PageEntry::files).sum()
        + (manifest.files().activeChunk().isPresent() ? 1 : 0);
  }

  private static String optional(OptionalLong value) {
    return value.isPresent() ? Formats.position(value.getAsLong()) : "not set";
  }
}
