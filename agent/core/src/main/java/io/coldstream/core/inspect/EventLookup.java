package io.coldstream.core.inspect;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.log.ResentReader;
import io.coldstream.eventstore.index.TableEntry;
import io.coldstream.eventstore.log.PrepareRecord;
import io.coldstream.eventstore.log.StreamName;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Looks up events in a stored backup, by ranges of its objects: first in the index, then in the log
 * above the position up to which the index goes. That stretch is read once for each stream, and only
 * when the index has no answer; without an index it is the whole log. Not thread-safe.
 */
public final class EventLookup implements Closeable {

  private final StreamEntries entries;

  /**
   * Looks up in one backup.
   *
   * @param files the backup
   * @param reader reads its objects
   * @param end only records below this position count: the backup's restore point, or a safe cut
   *     below it
   * @throws IOException when the backup's index map cannot be read
   */
  public EventLookup(BackupFiles files, ResentReader reader, long end) throws IOException {
    this.entries = new StreamEntries(files, reader, end);
  }

  /**
   * Looks up in everything that a backup restores.
   *
   * @param repository where it is
   * @param files the backup
   * @return the look-up
   * @throws IOException when the backup's index map cannot be read
   */
  public static EventLookup of(Repository repository, BackupFiles files) throws IOException {
    return new EventLookup(
        files,
        new ResentReader(repository, files.manifest().sequence(), false),
        files.manifest().log().positions().restorePoint());
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

  @Override
  public void close() throws IOException {
    entries.close();
  }
}
