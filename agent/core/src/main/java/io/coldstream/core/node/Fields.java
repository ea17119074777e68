package io.coldstream.core.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Reads fields of what a node answered. A message names the field, and nothing of its value. */
final class Fields {

  private Fields() {}

  static Optional<String> text(JsonNode fields, String name) {
    return Optional.of(fields.path(name)).filter(JsonNode::isTextual).map(JsonNode::textValue);
  }

  static long number(JsonNode fields, String name) {
    JsonNode value = fields.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException("field \"" + name + "\" is not a whole number");
    }
    return value.longValue();
  }

  static boolean bool(JsonNode fields, String name) {
    JsonNode value = fields.path(name);
    if (!value.isBoolean()) {
      throw new IllegalArgumentException("field \"" + name + "\" is neither true nor false");
    }
    return value.booleanValue();
  }
}
