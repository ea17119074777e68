package io.coldstream.cli.output;

import io.coldstream.core.inspect.StreamEvent;
import io.coldstream.core.support.json.Json;
import io.coldstream.eventstore.log.EventRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes events as lines of JSON, see {@code json-output.md}. */
public final class EventLines {

  private final OutputStream out;

  /**
   * A writer.
   *
   * @param out where the lines go
   */
  public EventLines(OutputStream out) {
    this.out = out;
  }

  /**
   * The files that hold an event's payload instead.
   *
   * @param data the name of the file with its data
   * @param metadata the name of the file with its metadata; empty when it has none
   */
  public record Files(String data, Optional<String> metadata) {}

  /**
   * Writes an event with its data and metadata.
   *
   * @param event the event
   * @throws IOException when that cannot be written
   */
  public void write(StreamEvent event) throws IOException {
    EventRecord record = event.event();
    boolean json = record.prepare().isJson();
    begin(event);
    payload("data", new EventPayload(record.data(), json));
    payload("metadata", new EventPayload(record.metadata(), json));
    text("}\n");
  }

  /**
   * Writes an event whose data and metadata are in files.
   *
   * @param event the event
   * @param files the files
   * @throws IOException when that cannot be written
   */
  public void write(StreamEvent event, Files files) throws IOException {
    begin(event);
    text(",\"dataFile\":\"" + files.data() + '"');
    if (files.metadata().isPresent()) {
      text(",\"metadataFile\":\"" + files.metadata().get() + '"');
    } else {
      text(",\"metadata\":null");
    }
    text("}\n");
  }

  private void begin(StreamEvent event) throws IOException {
    String head = Json.fields(EventJson.Head.of(event)).toString();
    text(Printable.line(head.substring(0, head.length() - 1)));
  }

  private void payload(String field, EventPayload payload) throws IOException {
    if (!payload.bytes().hasRemaining()) {
      text(",\"" + field + "\":null");
    } else if (payload.isJson()) {
      text(",\"" + field + "\":");
      payload.writeJson(out);
    } else {
      text(",\"" + field + "Base64\":\"");
      payload.writeBase64(out);
      text("\"");
    }
  }

  private void text(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
