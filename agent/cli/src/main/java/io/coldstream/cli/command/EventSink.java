package io.coldstream.cli.command;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.coldstream.cli.output.EventLines;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.settings.ResultStream;
import io.coldstream.core.inspect.StreamEvent;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes the events of {@code events} as they come. */
abstract class EventSink {

  /**
   * Makes a sink.
   *
   * @param out standard output
   * @param document whether the events become a part of one document
   * @return lines on standard output, or the parts of the document
   */
  static EventSink of(ResultStream out, boolean document) {
    return document ? new Documents() : new Lines(out);
  }

  abstract EventLines lines();

  /** Ends an event, and tells whether another is wanted. */
  abstract boolean next() throws IOException, RunException;

  /** The events of the document; none where they are lines. */
  List<ObjectNode> documents() {
    return List.of();
  }

  /**
   * Takes an event.
   *
   * @param event the event
   * @param files write its data and metadata instead
   * @return whether another is wanted
   */
  final boolean write(StreamEvent event, Optional<EventFiles> files) throws RunException {
    try {
      if (files.isPresent()) {
        lines().write(event, files.get().write(event));
      } else {
        lines().write(event);
      }
      return next();
    } catch (IOException e) {
      throw new RunException(Kind.INTERNAL, "unexpected: " + e, e);
    }
  }

  /** Lines on standard output, until nobody reads them. */
  private static final class Lines extends EventSink {
    private final ResultStream out;
    private final EventLines lines;

    private Lines(ResultStream out) {
      this.out = out;
      this.lines = new EventLines(out);
    }

    @Override
    EventLines lines() {
      return lines;
    }

    @Override
    boolean next() {
      return out.failure().isEmpty();
    }
  }

  /** The events of a document, which is made in memory. */
  private static final class Documents extends EventSink {
    private static final int MAX_BYTES = 4 << 20;

    /** Numbers keep all their digits. */
    private static final JsonMapper JSON = JsonMapper.builder()
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .build();

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final EventLines lines = new EventLines(line);
    private final List<ObjectNode> documents = new ArrayList<>();
    private long bytes;

    @Override
    EventLines lines() {
      return lines;
    }

    @Override
    boolean next() throws IOException, RunException {
      bytes += line.size();
      if (bytes > MAX_BYTES) {
        throw AgentCommand.usage("with --json the events are one document of at most "
            + Formats.size(MAX_BYTES)
            + "; choose fewer with --from and --count, or leave --json out: each event is a line"
            + " of JSON then");
      }
      documents.add((ObjectNode) JSON.readTree(line.toByteArray()));
      line.reset();
      return true;
    }

    @Override
    List<ObjectNode> documents() {
      return documents;
    }
  }
}
