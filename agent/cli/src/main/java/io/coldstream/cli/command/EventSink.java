package io.coldstream.cli.command;

import io.coldstream.cli.output.EventArray;
import io.coldstream.cli.output.EventLines;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.settings.ResultStream;
import io.coldstream.core.inspect.StreamEvent;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.io.IOException;
import java.util.Optional;

/** Takes the events of {@code events} as they come. */
abstract class EventSink {

  /** A record of 16 MiB in base64 is shorter. */
  private static final int MAX_DOCUMENT_BYTES = 24 << 20;

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

  /** Begins an event. */
  abstract EventLines begin() throws IOException;

  /** Whether another event is wanted. */
  abstract boolean next();

  /** The events of the document; none where they are lines. */
  EventArray events() {
    return new EventArray(0);
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
      EventLines lines = begin();
      if (files.isPresent()) {
        lines.write(event, files.get().write(event));
      } else {
        lines.write(event);
      }
      return next();
    } catch (EventArray.Full e) {
      throw AgentCommand.usage("with --json the events are one document of at most "
          + Formats.size(MAX_DOCUMENT_BYTES)
          + ", or a single event; choose fewer with --from and --count, or leave --json out: each"
          + " event is a line of JSON then");
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
    EventLines begin() {
      return lines;
    }

    @Override
    boolean next() {
      return out.failure().isEmpty();
    }
  }

  /** The events of a document, which is printed at the end. */
  private static final class Documents extends EventSink {
    private final EventArray events = new EventArray(MAX_DOCUMENT_BYTES);
    private final EventLines lines = new EventLines(events);

    @Override
    EventLines begin() throws IOException {
      events.begin();
      return lines;
    }

    @Override
    boolean next() {
      return true;
    }

    @Override
    EventArray events() {
      return events;
    }
  }
}
