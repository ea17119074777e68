package io.coldstream.store.gcs.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What somebody wants to store, before the bytes of it.
 *
 * @param given fields that the writer may choose
 * @param announced digests, by {@code crc32c} and {@code md5}
 * @param length if it was announced
 */
record Upload(
    Bucket bucket,
    String name,
    ObjectNode given,
    Map<String, String> announced,
    OptionalLong length,
    Preconditions conditions,
    Identity caller) {

  private static final Set<String> CHOSEN = Set.of(
      "cacheControl",
      "contentDisposition",
      "contentEncoding",
      "contentLanguage",
      "contentType",
      "customTime",
      "kmsKeyName",
      "metadata",
      "retention",
      "storageClass");

  /** Refuses at once what cannot succeed. */
  static Upload of(Request request, Bucket bucket, Identity caller, ObjectNode metadata) {
    String name = request
        .query("name")
        .or(() -> Optional.ofNullable(metadata.get("name")).map(node -> node.asText()))
        .filter(Upload::isName)
        .orElseThrow(() -> Refusal.invalid("Invalid object name."));
    ObjectNode given = metadata.deepCopy().retain(CHOSEN);
    request.query("kmsKeyName").ifPresent(key -> given.put("kmsKeyName", key));
    request.query("contentEncoding").ifPresent(coding -> given.put("contentEncoding", coding));
    if (!given.has("contentType")) {
      request.header("X-Upload-Content-Type").ifPresent(type -> given.put("contentType", type));
    }
    Map<String, String> announced = new HashMap<>();
    if (metadata.hasNonNull("crc32c")) {
      announced.put("crc32c", metadata.get("crc32c").asText());
    }
    if (metadata.hasNonNull("md5Hash")) {
      announced.put("md5", metadata.get("md5Hash").asText());
    }
    OptionalLong length = request
        .header("X-Upload-Content-Length")
        .map(text -> OptionalLong.of(Long.parseLong(text)))
        .orElse(OptionalLong.empty());
    Upload upload =
        new Upload(bucket, name, given, announced, length, Preconditions.of(request), caller);
    upload.check();
    return upload;
  }

  /** Makes the object visible, if all that was announced came true. */
  StoredObject finish(Bytes bytes, Digests.Values digests, Request last) {
    if (length.isPresent() && length.getAsLong() != bytes.length()) {
      throw Refusal.invalid("Upload has " + bytes.length() + " bytes and not the announced "
          + length.getAsLong() + ".");
    }
    digests.check(announced);
    digests.check(hashes(last));
    check();
    return bucket.insert(name, given, conditions, bytes, digests);
  }

  private void check() {
    Optional<StoredObject> there = bucket.find(name, OptionalLong.empty());
    caller.check("storage.objects.create", name);
    if (Retention.isIn(given)) {
      caller.check("storage.objects.setRetention", name);
    }
    conditions.check(there);
    if (there.isPresent()) {
      caller.check("storage.objects.delete", name);
    }
  }

  private static Map<String, String> hashes(Request request) {
    Map<String, String> hashes = new HashMap<>();
    for (String header : request.headers().getOrDefault("X-Goog-Hash", List.of())) {
      for (String hash : header.split(",")) {
        int equals = hash.indexOf('=');
        if (equals < 0) {
          throw Refusal.invalid("Invalid X-Goog-Hash.");
        }
        hashes.put(hash.substring(0, equals).strip(), hash.substring(equals + 1).strip());
      }
    }
    return hashes;
  }

  private static boolean isName(String name) {
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    return length > 0
        && length <= 1024
        && !name.equals(".")
        && !name.equals("..")
        && name.chars().noneMatch(c -> c == '\r' || c == '\n');
  }
}
