package io.coldstream.core.inspect;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.log.ResentReader;
import io.coldstream.eventstore.index.TableEntry;
import io.coldstream.eventstore.log.PrepareRecord;
import io.coldstream.eventstore.log.StreamName;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Looks up events in a stored backup, by ranges of its objects: first in the index, then in the log
 * above the position up to which the index goes. That stretch is read once for each stream, and only
 * when the index has no answer; without a usable index it is the whole log. Not thread-safe.
 */
public final class EventLookup {

  private final StreamEntries entries;

  /**
   * A question for a look-up.
   *
   * @param <T> the answer
   * @param <E> what asking fails with, beside what a read fails with
   */
  @FunctionalInterface
  public interface Question<T, E extends Exception> {
    /**
     * Asks.
     *
     * @param lookup answers
     * @return the answer
     * @throws IOException when the backup cannot be read
     * @throws E what this question fails with
     */
    T ask(EventLookup lookup) throws IOException, E;
  }

  private EventLookup(StreamEntries entries) {
    this.entries = entries;
  }

  /**
   * Looks up in one backup, by its index. Where that cannot be used, the question is asked again: of
   * an index that was sent again, and at last of the log alone.
   *
   * @param files the backup
   * @param reading how its objects are read
   * @param end only records below this position count: the backup's restore point, or a safe cut
   *     below it
   * @param question what is asked; a second time from the start
   * @param <T> the answer
   * @param <E> what the question fails with
   * @return the answer
   * @throws IOException when the backup cannot be read
   * @throws E what the question fails with
   */
  public static <T, E extends Exception> T in(
      BackupFiles files, Reading reading, long end, Question<T, E> question) throws IOException, E {
    try {
      return ask(files, reading.reader(files), end, true, question);
    } catch (IndexFault first) {
      try {
        return ask(files, reading.resentFirst().reader(files), end, true, question);
      } catch (IndexFault e) {
        reading
            .warnings()
            .accept("what the index of backup " + files.manifest().sequence()
                + " leads to cannot be read, so the log is read from its beginning instead: "
                + e.getMessage());
        return ask(files, reading.reader(files), end, false, question);
      }
    }
  }

  private static <T, E extends Exception> T ask(
      BackupFiles files, ResentReader reader, long end, boolean byIndex, Question<T, E> question)
      throws IOException, E {
    try (StreamEntries entries = new StreamEntries(files, reader, end, byIndex)) {
      return question.ask(new EventLookup(entries));
    }
  }

  /**
   * Looks for one event.
   *
   * @param stream its stream's name
   * @param number its number there, 0 or more
   * @return the event, or why it is not there
   * @throws IOException when the backup cannot be read
   */
  public EventAnswer find(String stream, long number) throws IOException {
    StreamName name = StreamName.of(stream);
    AtomicReference<StreamEvent> found = new AtomicReference<>();
    AtomicReference<TableEntry> gone = new AtomicReference<>();
    entries.at(name, number, entry -> {
      entries.read(name, entry).ifPresent(found::set);
      if (found.get() == null && entries.isGone(entry)) {
        gone.set(entry);
      }
      return found.get() == null;
    });
    return found.get() != null
        ? new EventAnswer.Found(found.get())
        : missing(number, Optional.ofNullable(gone.get()).map(TableEntry::position), state(name));
  }

  private static EventAnswer missing(long number, Optional<Long> gone, StreamState stream) {
    if (stream.tombstone().isPresent()) {
      return new EventAnswer.Deleted(stream.tombstone().get(), gone);
    }
    boolean was = stream.last().isEmpty() || number < stream.last().get().number();
    if (gone.isPresent() && was) {
      return new EventAnswer.Scavenged(gone.get(), stream);
    }
    return stream.exists() ? new EventAnswer.NoSuchEvent(stream) : new EventAnswer.NoSuchStream();
  }

  /**
   * Tells what is left of a stream.
   *
   * @param stream its name
   * @return its first and last event, how it was deleted, its metadata
   * @throws IOException when the backup cannot be read
   */
  public StreamState state(String stream) throws IOException {
    return state(StreamName.of(stream));
  }

  /** Takes the events of a stream. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Visits an event.
     *
     * @param event the event
     * @return whether more are wanted
     * @throws IOException to end the look-up
     */
    boolean visit(StreamEvent event) throws IOException;
  }

  /**
   * Visits the events of a stream that are still in the log, the lowest number first.
   *
   * @param stream its name
   * @param from the lowest number of interest
   * @param visitor receives them
   * @throws IOException when the backup cannot be read, or what the visitor threw
   */
  public void each(String stream, long from, Visitor visitor) throws IOException {
    StreamName name = StreamName.of(stream);
    entries.from(name, from, entry -> {
      Optional<StreamEvent> event = entries.read(name, entry);
      return event.isEmpty() || visitor.visit(event.get());
    });
  }

  private StreamState state(StreamName stream) throws IOException {
    AtomicReference<StreamEvent> tombstone = new AtomicReference<>();
    Optional<StreamEvent> last = last(stream, tombstone);
    Optional<StreamEvent> first = last.isEmpty() ? Optional.empty() : first(stream);
    if (stream.holdsMetadata() && last.isPresent()) {
      // Metadata is deleted with the stream that it describes.
      last(stream.described(), tombstone);
    }
    return new StreamState(first, last, Optional.ofNullable(tombstone.get()), metadata(stream));
  }

  private Optional<StreamEvent> first(StreamName stream) throws IOException {
    AtomicReference<StreamEvent> first = new AtomicReference<>();
    entries.from(stream, 0, entry -> {
      entries.read(stream, entry).ifPresent(first::set);
      return first.get() == null;
    });
    return Optional.ofNullable(first.get()).filter(event -> event.number() < PrepareRecord.DELETED);
  }

  private Optional<StreamEvent> last(StreamName stream, AtomicReference<StreamEvent> tombstone)
      throws IOException {
    AtomicReference<StreamEvent> last = new AtomicReference<>();
    entries.down(stream, entry -> {
      Optional<StreamEvent> event = entries.read(stream, entry);
      if (event.isPresent()) {
        boolean deletes = event.get().number() == PrepareRecord.DELETED;
        (deletes ? tombstone : last).set(event.get());
      }
      return last.get() == null;
    });
    return Optional.ofNullable(last.get());
  }

  private StreamMetadata metadata(StreamName stream) throws IOException {
    if (stream.holdsMetadata()) {
      return StreamMetadata.OF_METADATA;
    }
    return last(stream.metadata(), new AtomicReference<>())
        .map(event -> StreamMetadata.parse(event.event().data()))
        .orElse(StreamMetadata.NONE);
  }
}
