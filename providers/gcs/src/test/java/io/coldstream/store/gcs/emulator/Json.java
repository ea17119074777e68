package io.coldstream.store.gcs.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON as this server reads and writes it. */
final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The object in these bytes; an empty one if there are none. */
  static ObjectNode parse(byte[] bytes) {
    try {
      JsonNode read = MAPPER.readTree(bytes);
      if (read.isMissingNode()) {
        return object();
      }
      if (read instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      throw new Refusal(400, "parseError", "Parse Error");
    }
    throw new Refusal(400, "parseError", "Parse Error");
  }

  static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lays a patch over an object: a null takes the field away, an object goes into the object. */
  static void merge(ObjectNode into, ObjectNode patch) {
    patch.properties().forEach(field -> {
      if (field.getValue().isNull()) {
        into.remove(field.getKey());
      } else if (field.getValue() instanceof ObjectNode inner
          && into.get(field.getKey()) instanceof ObjectNode there) {
        merge(there, inner);
      } else {
        into.set(field.getKey(), field.getValue());
      }
    });
  }
}
