package io.coldstream.store.gcs.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A generation of an object.
 *
 * @param given the fields that its writer chose
 */
record StoredObject(
    String bucket,
    String name,
    long generation,
    long metageneration,
    Bytes bytes,
    Digests.Values digests,
    Instant created,
    Instant updated,
    ObjectNode given) {

  /** The same generation with other fields. */
  StoredObject patched(ObjectNode fields, Instant now) {
    return new StoredObject(
        bucket, name, generation, metageneration + 1, bytes, digests, created, now, fields);
  }

  String etag() {
    return Long.toString(generation, 36) + "/" + metageneration;
  }

  /** The resource, with its links under {@code base}. */
  ObjectNode resource(String base) {
    String link = "/storage/v1/b/" + bucket + "/o/" + escaped(name);
    ObjectNode json = Json.object()
        .put("kind", "storage#object")
        .put("id", bucket + "/" + name + "/" + generation)
        .put("selfLink", base + link)
        .put("mediaLink", base + "/download" + link + "?generation=" + generation + "&alt=media")
        .put("name", name)
        .put("bucket", bucket)
        .put("generation", Long.toString(generation))
        .put("metageneration", Long.toString(metageneration))
        .put("size", Long.toString(bytes.length()))
        .put("crc32c", digests.crc32c())
        .put("md5Hash", digests.md5())
        .put("etag", etag())
        .put("timeCreated", created.toString())
        .put("updated", updated.toString())
        .put("timeStorageClassUpdated", created.toString());
    json.setAll(given);
    return json;
  }

  private static String escaped(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
