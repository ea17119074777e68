package io.coldstream.cli.output;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.core.inspect.StreamEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An event in {@code json-output.md}. Data and metadata each have one of three fields.
 *
 * @param head what is known of every event
 * @param data its data, where that is JSON; null where there is none
 * @param dataBase64 its data in base64, where it is not JSON
 * @param dataFile the file that holds its data, with {@code --raw}
 * @param metadata as {@code data}
 * @param metadataBase64 as {@code dataBase64}
 * @param metadataFile as {@code dataFile}
 */
public record EventJson(
    @JsonUnwrapped Head head,
    Optional<JsonNode> data,
    Optional<String> dataBase64,
    Optional<String> dataFile,
    Optional<JsonNode> metadata,
    Optional<String> metadataBase64,
    Optional<String> metadataFile) {

  /** What is known of every event. */
  record Head(String stream, long number, String type, UUID id, long position, Instant created) {

    static Head of(StreamEvent event) {
      return new Head(
          event.event().prepare().stream().text(),
          event.number(),
          event.event().type(),
          event.event().id(),
          event.position(),
          event.event().prepare().timestamp());
    }
  }
}
