package io.coldstream.core.repository.manifest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.coldstream.core.support.json.Fields;
import io.coldstream.core.support.json.FormatException;
import io.coldstream.core.support.json.Json;
import io.coldstream.store.ObjectName;

/** The form of a file entry, which manifests and pages share. */
final class FileJson {

  private FileJson() {}

  static ObjectNode write(FileEntry file) {
    ObjectNode node = Json.object();
    node.put("name", file.name());
    ArrayNode objects = node.putArray("objects");
    for (StoredBytes stored : file.objects()) {
      objects
          .addObject()
          .put("object", stored.object().value())
          .put("length", stored.lengthBytes())
          .put("sha256", stored.sha256().hex());
    }
    node.put("length", file.lengthBytes());
    node.put("sha256", file.sha256().hex());
    ArrayNode encoding = node.putArray("encoding");
    file.encoding().forEach(encoding::add);
    file.keyId().ifPresent(key -> node.put("keyId", key));
    file.chunk().ifPresent(chunk -> node.set("chunk", chunk(chunk)));
    return node;
  }

  private static ObjectNode chunk(ChunkEntry chunk) {
    ObjectNode node = Json.object();
    node.put("first", chunk.firstNumber());
    node.put("last", chunk.lastNumber());
    node.put("id", chunk.chunkId());
    node.put("scavenged", chunk.scavenged());
    chunk.footerMd5().ifPresent(md5 -> node.put("md5", md5));
    node.put("logicalData", chunk.logicalDataBytes());
    return node;
  }

  static FileEntry read(Fields fields) throws FormatException {
    FileEntry file = new FileEntry(
        fields.text("name"),
        fields.list("objects", FileJson::stored),
        fields.number("length"),
        new Sha256(fields.text("sha256")),
        fields.texts("encoding"),
        fields.optionalText("keyId"),
        fields.optionalObject("chunk", FileJson::chunk));
    if (!file.encoding().isEmpty() || file.keyId().isPresent()) {
      throw fields.fault(
          "encoding", "is not plain, which this version cannot read; use a newer one");
    }
    return file;
  }

  private static StoredBytes stored(Fields fields) throws FormatException {
    return new StoredBytes(
        new ObjectName(fields.text("object")),
        fields.number("length"),
        new Sha256(fields.text("sha256")));
  }

  private static ChunkEntry chunk(Fields fields) throws FormatException {
    return new ChunkEntry(
        fields.smallNumber("first"),
        fields.smallNumber("last"),
        fields.text("id"),
        fields.flag("scavenged"),
        fields.optionalText("md5"),
        fields.number("logicalData"));
  }
}
