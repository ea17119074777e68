package io.coldstream.eventstore.testing.server;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The events of a log, and what of them is seen in their streams. */
final class ServedLog {

  private final List<ServedEvent> all = new ArrayList<>();
  private final Map<ServedEvent, Instant> times = new HashMap<>();
  private final Map<String, TreeMap<Long, ServedEvent>> streams = new HashMap<>();
  private final Map<String, Boolean> deleted = new HashMap<>();

  ServedLog(List<byte[]> payloads) {
    for (byte[] payload : payloads) {
      if (payload[0] == 0) {
        long position = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
        add(ServedEvent.of(payload, position + 8 + payload.length), ServedEvent.time(payload));
      }
    }
  }

  private void add(ServedEvent event, Instant time) {
    if (event.has(ServedEvent.DELETE)) {
      deleted.put(event.stream(), true);
    } else if (event.has(ServedEvent.DATA) && event.has(ServedEvent.COMMITTED)) {
      all.add(event);
      times.put(event, time);
      streams.computeIfAbsent(event.stream(), s -> new TreeMap<>()).put(event.number(), event);
    }
  }

  void dropLast() {
    ServedEvent last = all.remove(all.size() - 1);
    streams.get(last.stream()).remove(last.number());
  }

  void dropStreams() {
    streams.clear();
  }

  /** Events that end at a position or below, the newest first. */
  List<ServedEvent> backward(long position, int count) {
    List<ServedEvent> page = new ArrayList<>();
    for (int i = all.size() - 1; i >= 0 && page.size() < count; i--) {
      if (all.get(i).end() <= position) {
        page.add(all.get(i));
      }
    }
    return page;
  }

  /** Events that start at a position or above. */
  List<ServedEvent> forward(long position, int count) {
    return all.stream().filter(e -> e.position() >= position).limit(count).toList();
  }

  boolean isDeleted(String stream) {
    return deleted.containsKey(stream);
  }

  boolean has(String stream) {
    return streams.containsKey(stream);
  }

  /** An event that its stream still shows. */
  Optional<ServedEvent> visible(String stream, long number) {
    TreeMap<Long, ServedEvent> events = streams.getOrDefault(stream, new TreeMap<>());
    if (!events.containsKey(number)) {
      return Optional.empty();
    }
    long first = Math.max(
        limit(stream, "tb").orElse(0),
        limit(stream, "maxCount").stream()
            .map(count -> events.lastKey() - count + 1)
            .findFirst()
            .orElse(0));
    Instant oldest = limit(stream, "maxAge").stream()
        .mapToObj(age -> Instant.now().minusSeconds(age))
        .findFirst()
        .orElse(Instant.MIN);
    ServedEvent event = events.get(number);
    return number < first || times.get(event).isBefore(oldest)
        ? Optional.empty()
        : Optional.of(event);
  }

  /** The stream's metadata as it was written last. */
  String metadata(String stream) {
    TreeMap<Long, ServedEvent> events = streams.get("$$" + stream);
    return events == null
        ? "{}"
        : new String(events.lastEntry().getValue().data(), StandardCharsets.UTF_8);
  }

  /** A stream of metadata shows its last event. */
  private OptionalLong limit(String stream, String name) {
    if (stream.startsWith("$$")) {
      return name.equals("maxCount") ? OptionalLong.of(1) : OptionalLong.empty();
    }
    Matcher found = Pattern.compile("\"\\$" + name + "\"\\s*:\\s*(\\d+)").matcher(metadata(stream));
    return found.find() ? OptionalLong.of(Long.parseLong(found.group(1))) : OptionalLong.empty();
  }
}
