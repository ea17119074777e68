package io.coldstream.core.lock;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Until when the backups of a repository are locked, as runs have noted it. The names say it, so that
 * a listing is enough.
 *
 * @param ends by the backup's number, the latest end that was noted
 */
public record StoredLocks(Map<Long, Instant> ends) {

  private static final Pattern NAME = Pattern.compile("locks/(\\d{12})/(\\d{8}T\\d{6}Z)\\.json");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssX", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Copies the map, in the order of the numbers. */
  public StoredLocks {
    ends = Collections.unmodifiableMap(new TreeMap<>(ends));
  }

  /**
   * Lists the notes.
   *
   * @param repository where they are
   * @return what they say
   * @throws RunException what the store's failure means
   */
  public static StoredLocks of(Repository repository) throws RunException {
    return of(repository, Layout.LOCKS);
  }

  /**
   * Lists the notes of one backup.
   *
   * @param repository where they are
   * @param sequence the backup's number
   * @return what they say
   * @throws RunException what the store's failure means
   */
  public static StoredLocks of(Repository repository, long sequence) throws RunException {
    return of(
        repository,
        new ObjectPrefix(String.format(Locale.ROOT, "%s%012d/", Layout.LOCKS, sequence)));
  }

  private static StoredLocks of(Repository repository, ObjectPrefix prefix) throws RunException {
    Map<Long, Instant> ends = new TreeMap<>();
    repository.each(prefix, ListCursor.START, object -> {
      Matcher name = NAME.matcher(object.name().value());
      if (name.matches()) {
        end(name.group(2))
            .ifPresent(end ->
                ends.merge(Long.parseLong(name.group(1)), end, (a, b) -> a.isAfter(b) ? a : b));
      }
    });
    return new StoredLocks(ends);
  }

  private static Optional<Instant> end(String text) {
    try {
      return Optional.of(SECONDS.parse(text, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Until when a backup is locked.
   *
   * @param sequence its number
   * @return the end, also one that has passed; empty when none was noted
   */
  public Optional<Instant> end(long sequence) {
    return Optional.ofNullable(ends.get(sequence));
  }

  /** Notes the end of a backup's locks. A note of the same end is the same note. */
  static void note(Repository repository, LockRecord record) throws StoreException {
    ObjectName name = new ObjectName(String.format(
        Locale.ROOT,
        "%s%012d/%s.json",
        Layout.LOCKS,
        record.sequence(),
        SECONDS.format(record.until())));
    try {
      repository.store().put(new PutRequest(name, Content.of(record.bytes()), Placement.STANDARD));
    } catch (StoreException e) {
      if (e.kind() != Kind.ALREADY_EXISTS) {
        throw e;
      }
    }
  }
}
