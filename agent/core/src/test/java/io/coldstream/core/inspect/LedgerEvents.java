package io.coldstream.core.inspect;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.coldstream.eventstore.DotNetGuid;
import io.coldstream.eventstore.testing.Fixture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was written into a real database, by the notes of its writer, and whether it is in a state of
 * it, by a search of the bytes of its chunk files for the events' ids.
 */
public final class LedgerEvents {

  private static final Pattern LINE = Pattern.compile(
      "\\{\"seq\": (\\d+), \"stream\": \"([^\"]+)\", \"id\": \"([^\"]+)\", \"sha\": \"([^\"]+)\"\\}");

  /** As the writers of the real databases digested what they sent. */
  private static final JsonMapper CANONICAL = JsonMapper.builder()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
      .build();

  private LedgerEvents() {}

  /** An event that was written. */
  public record Written(String stream, long number, UUID id, String sha256) {}

  /** In the order in which they were written, numbered from 0 in each stream. */
  public static List<Written> written(Fixture fixture) {
    List<Written> events = new ArrayList<>();
    Map<String, Long> next = new HashMap<>();
    for (String line : fixture.ledger()) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(line);
      }
      long number = next.merge(matcher.group(2), 1L, Long::sum) - 1;
      events.add(new Written(
          matcher.group(2), number, UUID.fromString(matcher.group(3)), matcher.group(4)));
    }
    return events;
  }

  /** The ids that stand in the bytes of the chunk files below the end of the log. */
  static Set<UUID> inChunks(Path database, List<Written> events, Map<String, Long> lengths)
      throws IOException {
    Map<String, UUID> wanted = new HashMap<>();
    events.forEach(event -> wanted.put(key(DotNetGuid.bytes(event.id()), 0), event.id()));
    Set<UUID> found = new HashSet<>();
    try (DirectoryStream<Path> chunks = Files.newDirectoryStream(database, "chunk-*")) {
      for (Path chunk : chunks) {
        byte[] bytes = Files.readAllBytes(chunk);
        long length = lengths.getOrDefault(chunk.getFileName().toString(), 0L);
        for (int at = 0; at + DotNetGuid.LENGTH_BYTES <= length; at++) {
          UUID id = wanted.get(key(bytes, at));
          if (id != null) {
            found.add(id);
          }
        }
      }
    }
    return found;
  }

  private static String key(byte[] bytes, int at) {
    return new String(bytes, at, DotNetGuid.LENGTH_BYTES, StandardCharsets.ISO_8859_1);
  }

  /** The digest of an event's data in the notes. */
  public static String sha256(ByteBuffer data) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    try {
      byte[] canonical = CANONICAL.writeValueAsBytes(CANONICAL.readValue(bytes, Object.class));
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
    } catch (IOException | java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
