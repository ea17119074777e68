package io.coldstream.core.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * What a stream's metadata says of the events that a server shows ({@code
 * database-files.md#s5}). Where it cannot be read as JSON, or a value has another type, the server
 * goes by none, and so does this.
 *
 * @param truncateBefore {@code $tb}: events with a lower number are hidden; {@link Long#MAX_VALUE}
 *     hides the stream, which is how it is deleted unless for good
 * @param maxCount {@code $maxCount}: how many events are shown at most, the last ones
 * @param maxAge {@code $maxAge}: events that are older are hidden
 */
public record StreamMetadata(
    Optional<Long> truncateBefore, Optional<Long> maxCount, Optional<Duration> maxAge) {

  /** Of a stream without metadata. */
  public static final StreamMetadata NONE =
      new StreamMetadata(Optional.empty(), Optional.empty(), Optional.empty());

  /** Of the streams that hold metadata: a server shows the last event. */
  static final StreamMetadata OF_METADATA =
      new StreamMetadata(Optional.empty(), Optional.of(1L), Optional.empty());

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Longer ones are made by nobody; the server would read them. */
  private static final long MAX_SECONDS = Duration.ofDays(366_000).toSeconds();

  static StreamMetadata parse(ByteBuffer data) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    try {
      JsonNode json = JSON.readTree(bytes);
      return new StreamMetadata(
          positive(json, "$tb")
              // As servers of old wrote it.
              .map(before -> before == Integer.MAX_VALUE ? Long.MAX_VALUE : before),
          positive(json, "$maxCount").filter(count -> count > 0),
          positive(json, "$maxAge")
              .filter(seconds -> seconds > 0)
              .map(seconds -> Duration.ofSeconds(Math.min(seconds, MAX_SECONDS))));
    } catch (IOException e) {
      return NONE;
    }
  }

  private static Optional<Long> positive(JsonNode json, String name) {
    JsonNode value = json == null ? null : json.get(name);
    return value != null && value.isIntegralNumber() && value.canConvertToLong()
        ? Optional.of(value.longValue()).filter(number -> number >= 0)
        : Optional.empty();
  }
}
