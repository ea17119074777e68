package io.coldstream.core.repository.manifest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.coldstream.core.support.json.Fields;
import io.coldstream.core.support.json.FormatException;
import io.coldstream.eventstore.log.Epoch;
import io.coldstream.eventstore.log.Lineage;
import io.coldstream.store.ObjectName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/** The form of a manifest: a {@link DigestedJson}. */
public final class ManifestJson {

  private ManifestJson() {}

  /**
   * Writes a manifest.
   *
   * @param manifest the backup
   * @return its bytes, the same for the same backup
   */
  public static byte[] write(Manifest manifest) {
    ObjectNode node = DigestedJson.object();
    node.put("sequence", manifest.sequence());
    node.put("repository", manifest.repositoryId());
    node.put("database", manifest.databaseId().toString());
    writeOrigin(node.putObject("origin"), manifest.origin());
    node.put("chunkSize", manifest.chunkSizeBytes());
    writePositions(node.putObject("positions"), manifest.positions());
    node.put("restorePointTime", manifest.restorePointTime().toString());
    node.putObject("totals")
        .put("files", manifest.totals().files())
        .put("bytes", manifest.totals().bytes())
        .put("addedObjects", manifest.totals().addedObjects())
        .put("addedBytes", manifest.totals().addedBytes());
    manifest
        .forkedFrom()
        .ifPresent(fork -> node.putObject("forkedFrom")
            .put("sequence", fork.sequence())
            .put("position", fork.position()));
    ArrayNode leftOut = node.putArray("leftOut");
    for (LeftOut left : manifest.leftOut()) {
      leftOut.addObject().put("name", left.name()).put("reason", left.reason());
    }
    writeLineage(node.putArray("lineage"), manifest.lineage());
    node.put("checkpointFolder", manifest.checkpointFolder());
    writeFiles(node.putArray("checkpoints"), manifest.checkpoints());
    manifest.index().ifPresent(index -> writeIndex(node.putObject("index"), index));
    manifest.activeChunk().ifPresent(active -> node.set("activeChunk", FileJson.write(active)));
    writePages(node.putArray("pages"), manifest.pages());
    return DigestedJson.write(node);
  }

  /**
   * Reads a manifest.
   *
   * @param bytes the manifest
   * @param name its name, for messages
   * @param sequence the number that its name says
   * @return the backup
   * @throws FormatException as {@link DigestedJson#read}
   */
  public static Manifest read(byte[] bytes, String name, long sequence) throws FormatException {
    return DigestedJson.read(bytes, name, fields -> read(fields, sequence));
  }

  private static Manifest read(Fields fields, long sequence) throws FormatException {
    if (fields.number("sequence") != sequence) {
      throw fields.fault("sequence", "is not the number in its name");
    }
    return new Manifest(
        sequence,
        fields.text("repository"),
        UUID.fromString(fields.text("database")),
        fields.object("origin", ManifestJson::origin),
        fields.number("chunkSize"),
        fields.object("positions", ManifestJson::positions),
        Instant.parse(fields.text("restorePointTime")),
        lineage(fields),
        fields.optionalObject(
            "forkedFrom", f -> new ForkedFrom(f.number("sequence"), f.number("position"))),
        fields.text("checkpointFolder"),
        fields.list("checkpoints", FileJson::read),
        fields.optionalObject("index", ManifestJson::index),
        fields.list("pages", ManifestJson::page),
        fields.optionalObject("activeChunk", FileJson::read),
        fields.list("leftOut", f -> new LeftOut(f.text("name"), f.text("reason"))),
        fields.object("totals", ManifestJson::totals));
  }

  private static void writeOrigin(ObjectNode node, Origin origin) {
    node.put("run", origin.run());
    node.put("capture", origin.capture());
    node.put("time", origin.time().toString());
    node.put("host", origin.host());
    origin.label().ifPresent(label -> node.put("label", label));
    origin.serverVersion().ifPresent(version -> node.put("server", version));
    node.put("agent", origin.agentVersion());
  }

  private static Origin origin(Fields fields) throws FormatException {
    return new Origin(
        fields.text("run"),
        fields.smallNumber("capture"),
        Instant.parse(fields.text("time")),
        fields.text("host"),
        fields.optionalText("label"),
        fields.optionalText("server"),
        fields.text("agent"));
  }

  private static void writePositions(ObjectNode node, Positions positions) {
    node.put("writer", positions.writer());
    node.put("chaser", positions.chaser());
    positions.epoch().ifPresent(epoch -> node.put("epoch", epoch));
    positions.proposal().ifPresent(proposal -> node.put("proposal", proposal));
    node.put("restorePoint", positions.restorePoint());
    node.put("restorePointEpoch", positions.restorePointEpoch());
  }

  private static Positions positions(Fields fields) throws FormatException {
    return new Positions(
        fields.number("writer"),
        fields.number("chaser"),
        fields.optionalNumber("epoch"),
        fields.optionalNumber("proposal"),
        fields.number("restorePoint"),
        fields.number("restorePointEpoch"));
  }

  private static void writeLineage(ArrayNode node, Lineage lineage) {
    for (Epoch epoch : lineage.epochs()) {
      node.addObject()
          .put("number", epoch.number())
          .put("id", epoch.id().toString())
          .put("position", epoch.position());
    }
  }

  /** An epoch's link to the one before it is not stored: the list is the chain. */
  private static Lineage lineage(Fields fields) throws FormatException {
    List<Epoch> epochs = new ArrayList<>();
    for (Epoch bare : fields.list("lineage", ManifestJson::epoch)) {
      OptionalLong previous = epochs.isEmpty()
          ? OptionalLong.empty()
          : OptionalLong.of(epochs.get(epochs.size() - 1).position());
      epochs.add(new Epoch(bare.number(), bare.id(), bare.position(), previous));
    }
    return new Lineage(epochs);
  }

  private static Epoch epoch(Fields fields) throws FormatException {
    return new Epoch(
        fields.number("number"),
        UUID.fromString(fields.text("id")),
        fields.number("position"),
        OptionalLong.empty());
  }

  private static void writeIndex(ObjectNode node, IndexEntry index) {
    node.put("commitCheckpoint", index.commitCheckpoint());
    node.set("map", FileJson.write(index.map()));
    writeFiles(node.putArray("files"), index.files());
  }

  private static IndexEntry index(Fields fields) throws FormatException {
    return new IndexEntry(
        fields.object("map", FileJson::read),
        fields.list("files", FileJson::read),
        fields.number("commitCheckpoint"));
  }

  private static void writePages(ArrayNode node, List<PageEntry> pages) {
    for (PageEntry page : pages) {
      node.addObject()
          .put("object", page.object().value())
          .put("first", page.firstNumber())
          .put("files", page.files())
          .put("fileBytes", page.fileBytes())
          .put("length", page.lengthBytes())
          .put("identities", page.identities().hex());
    }
  }

  private static PageEntry page(Fields fields) throws FormatException {
    return new PageEntry(
        new ObjectName(fields.text("object")),
        fields.smallNumber("first"),
        fields.smallNumber("files"),
        fields.number("fileBytes"),
        fields.number("length"),
        new Sha256(fields.text("identities")));
  }

  private static Totals totals(Fields fields) throws FormatException {
    return new Totals(
        fields.number("files"),
        fields.number("bytes"),
        fields.number("addedObjects"),
        fields.number("addedBytes"));
  }

  private static void writeFiles(ArrayNode node, List<FileEntry> files) {
    files.forEach(file -> node.add(FileJson.write(file)));
  }
}
