package io.coldstream.cli.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.coldstream.cli.output.EventArray;
import io.coldstream.core.inspect.StreamEvent;
import io.coldstream.core.inspect.StreamReport;
import io.coldstream.core.inspect.StreamState;
import java.time.Duration;
import java.util.Optional;

/** The result of {@code events} in {@code json-output.md}. */
record EventsResult(
    String repository,
    long sequence,
    Stream stream,
    long count,
    long hidden,
    long requests,
    long receivedBytes,
    EventArray events)
    implements EventArray.Holder {

  /** What the backup holds of the stream; null where it has no such thing. */
  record Stream(
      String name,
      @JsonInclude(Include.ALWAYS) Optional<Long> firstNumber,
      @JsonInclude(Include.ALWAYS) Optional<Long> lastNumber,
      long shownFrom,
      @JsonInclude(Include.ALWAYS) Optional<Long> tombstonePosition,
      @JsonInclude(Include.ALWAYS) Optional<Long> truncateBefore,
      @JsonInclude(Include.ALWAYS) Optional<Long> maxCount,
      @JsonInclude(Include.ALWAYS) Optional<Long> maxAgeSeconds) {

    static Stream of(String name, StreamReport report) {
      StreamState state = report.state();
      return new Stream(
          name,
          state.first().map(StreamEvent::number),
          state.last().map(StreamEvent::number),
          report.shownFrom(),
          state.tombstone().map(StreamEvent::position),
          state.metadata().truncateBefore(),
          state.metadata().maxCount(),
          state.metadata().maxAge().map(Duration::toSeconds));
    }
  }
}
