package io.coldstream.core.restore.select;

import io.coldstream.core.inspect.EventAnswer;
import io.coldstream.core.inspect.EventLookup;
import io.coldstream.core.inspect.Reading;
import io.coldstream.core.inspect.StreamEvent;
import io.coldstream.core.inspect.StreamState;
import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.ObjectFault;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.log.ResentReader;
import io.coldstream.core.repository.log.StoredLog;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.restore.select.RestorePoint.BeforeEvent;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.log.PrepareRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds where in the log the write of an event begins, in the newest backup that still holds it. */
final class EventSearch {

  private final Repository repository;
  private final boolean resentFirst;
  private final BeforeEvent wanted;
  private final Consumer<String> notes;

  /**
   * A search for one event.
   *
   * @param resentFirst as {@link ResentReader} takes it
   * @param notes is told what the user should know of the event
   */
  EventSearch(
      Repository repository, boolean resentFirst, BeforeEvent wanted, Consumer<String> notes) {
    this.repository = repository;
    this.resentFirst = resentFirst;
    this.wanted = wanted;
    this.notes = notes;
  }

  /** Searches one backup. */
  long in(BackupFiles files) throws RunException, IOException {
    EventAnswer answer = find(files, files.manifest().log().positions().restorePoint());
    if (answer instanceof EventAnswer.Found found) {
      return begin(found.event());
    }
    throw missing(answer, "backup " + files.manifest().sequence());
  }

  /**
   * Searches the newest backup, and where that one no longer has the event, the oldest of its history
   * in which it was written: that one was scavenged least.
   */
  long inHistory(Manifest newest) throws RunException, IOException {
    EventAnswer answer =
        find(BackupFiles.read(repository, newest), newest.log().positions().restorePoint());
    Optional<EventAnswer> older = Optional.empty();
    if (!(answer instanceof EventAnswer.Found) && wasWritten(answer)) {
      older = oldestWritten(newest);
    }
    EventAnswer best = older.orElse(answer);
    if (best instanceof EventAnswer.Found found) {
      return begin(found.event());
    }
    throw missing(
        answer,
        "backup " + newest.sequence() + ", the newest"
            + (older.isPresent() ? ", nor in an older one of its history" : ""));
  }

  private Optional<EventAnswer> oldestWritten(Manifest newest) throws RunException, IOException {
    List<Long> older = new ArrayList<>(repository.sequences(0));
    older.removeIf(sequence -> sequence >= newest.sequence());
    Optional<EventAnswer> oldest = Optional.empty();
    int low = 0;
    int high = older.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      Optional<EventAnswer> answer = answer(older.get(middle), newest);
      if (answer.isEmpty()) {
        older.remove(middle);
        high--;
      } else if (wasWritten(answer.get())) {
        oldest = answer;
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return oldest;
  }

  /** What a backup answers of the log that it shares with the newest one; empty when it is damaged. */
  private Optional<EventAnswer> answer(long sequence, Manifest newest)
      throws RunException, IOException {
    try {
      Optional<Manifest> backup = repository.findManifest(sequence);
      if (backup.isEmpty()) {
        return Optional.empty();
      }
      long end = Math.min(
          backup.get().log().positions().restorePoint(),
          backup
              .get()
              .log()
              .lineage()
              .firstDifference(newest.log().lineage())
              .orElse(Long.MAX_VALUE));
      return Optional.of(find(BackupFiles.read(repository, backup.get()), end));
    } catch (RunException e) {
      if (e.kind() != Kind.REPOSITORY_DAMAGED) {
        throw e;
      }
      return passedOver(sequence, e);
    } catch (DatabaseException e) {
      if (!resentFirst) {
        throw e; // the plan is made again, by what was sent again
      }
      return passedOver(sequence, e);
    } catch (ObjectFault | StoredLog.EncryptedChunk e) {
      return passedOver(sequence, e);
    }
  }

  private Optional<EventAnswer> passedOver(long sequence, Exception why) {
    notes.accept("backup " + sequence + " was passed over: " + why.getMessage());
    return Optional.empty();
  }

  private EventAnswer find(BackupFiles files, long end) throws IOException {
    return EventLookup.<EventAnswer, IOException>in(
        files,
        new Reading(repository, resentFirst, notes),
        end,
        lookup -> lookup.find(wanted.stream(), wanted.number()));
  }

  /** Whether the event was written at all, as far as a backup can tell. */
  private boolean wasWritten(EventAnswer answer) {
    if (answer instanceof EventAnswer.NoSuchEvent missing) {
      return missing.stream()
          .last()
          .filter(last -> wanted.number() < last.number())
          .isPresent();
    }
    return !(answer instanceof EventAnswer.NoSuchStream);
  }

  /** Where the whole write begins that the event is a part of. */
  private long begin(StreamEvent found) {
    PrepareRecord record = found.event().prepare();
    long begin = record.transactionPosition();
    String kind = record.isCommitted() ? "an atomic write" : "a transaction";
    notes.accept("event " + wanted.text() + " is at position " + found.position()
        + (begin < found.position()
            ? ", in " + kind + " that begins at position " + begin + ": all of it is left out"
            : ""));
    return Math.min(begin, found.position());
  }

  private RunException missing(EventAnswer answer, String where) {
    String event = "event " + wanted.text();
    if (answer instanceof EventAnswer.NoSuchEvent none) {
      return usage(
          wasWritten(answer)
              ? event + " was scavenged and is not in " + where + ": " + range(none.stream())
              : event + " does not exist in " + where + ": " + range(none.stream()));
    }
    if (answer instanceof EventAnswer.Scavenged gone) {
      return usage(event + ", which was at position " + gone.position()
          + ", was scavenged and is not in " + where + ": " + range(gone.stream())
          + ". To end before that position all the same, use --position " + gone.position());
    }
    if (answer instanceof EventAnswer.Deleted deleted) {
      return usage(event + " is not in " + where + ": the stream was deleted by the record at"
          + " position " + deleted.tombstone().position()
          + deleted
              .position()
              .map(position -> ", and the event, which was at position " + position
                  + ", was scavenged. To end before it all the same, use --position " + position)
              .orElse(". To end before the deletion, use --position "
                  + deleted.tombstone().position()));
    }
    return usage("there is no stream " + wanted.streamText() + " in " + where
        + "; names of streams are case-sensitive");
  }

  private static String range(StreamState stream) {
    return stream.first().isPresent() && stream.last().isPresent()
        ? events(stream.first().get().number(), stream.last().get().number())
        : "the stream has no events";
  }

  private static String events(long first, long last) {
    return first == last
        ? "the stream has only event " + first
        : "the stream has events " + first + " to " + last;
  }

  private static RunException usage(String message) {
    return new RunException(Kind.USAGE, message);
  }
}
