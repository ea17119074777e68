package io.coldstream.core.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a node was started with.
 *
 * @param database its data directory, as the node names it
 * @param index its index directory; empty when that is in the data directory
 * @param chunkSizeBytes how much a chunk holds
 * @param inMemory whether it keeps everything in memory
 */
public record NodeOptions(
    Optional<String> database,
    Optional<String> index,
    OptionalLong chunkSizeBytes,
    boolean inMemory) {

  /**
   * Reads an answer.
   *
   * @param entries the list of options
   * @return the options; those that are missing are empty
   */
  static NodeOptions of(JsonNode entries) {
    Map<String, String> values = new HashMap<>();
    for (JsonNode entry : entries) {
      String value = entry.path("value").asText("");
      Fields.text(entry, "name")
          .filter(name -> !value.isBlank() && !entry.path("value").isNull())
          .ifPresent(name -> values.put(name.toLowerCase(Locale.ROOT), value));
    }
    String chunkSize = values.getOrDefault("chunksize", "");
    return new NodeOptions(
        Optional.ofNullable(values.get("db")),
        Optional.ofNullable(values.get("index")),
        chunkSize.matches("[1-9]\\d{0,17}")
            ? OptionalLong.of(Long.parseLong(chunkSize))
            : OptionalLong.empty(),
        "true".equalsIgnoreCase(values.get("memdb")));
  }
}
