package io.coldstream.core.verify.history;

import io.coldstream.store.ObjectName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which objects were read when, and where the next sample begins.
 *
 * @param cursor the last object that a sample read; empty when the next one begins with the first
 *     object
 * @param aheadBytes what the samples of this rotation have read beyond their shares
 * @param ranges in the order of names, without overlaps
 */
public record Coverage(Optional<ObjectName> cursor, long aheadBytes, List<ReadRange> ranges) {

  /** Nothing was read yet. */
  public static final Coverage NONE = new Coverage(Optional.empty(), 0, List.of());

  /** More ranges are joined, by the older of two times. */
  static final int MAX_RANGES = 1000;

  private static final Comparator<ObjectName> ORDER = Comparator.naturalOrder();

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException when ranges overlap or are not in order, or bytes are negative
   */
  public Coverage {
    ranges = List.copyOf(ranges);
    if (aheadBytes < 0) {
      throw new IllegalArgumentException("aheadBytes " + aheadBytes);
    }
    for (int i = 1; i < ranges.size(); i++) {
      Optional<ObjectName> end = ranges.get(i - 1).through();
      Optional<ObjectName> start = ranges.get(i).after();
      if (end.isEmpty() || start.isEmpty() || end.get().compareTo(start.get()) > 0) {
        throw new IllegalArgumentException("ranges overlap or are not in order");
      }
    }
  }

  /**
   * The same with another place where the next sample begins.
   *
   * @param last the last object that was read; empty when a rotation is complete
   * @param ahead what was read beyond the shares
   * @return the coverage
   */
  public Coverage continuedAfter(Optional<ObjectName> last, long ahead) {
    return new Coverage(last, ahead, ranges);
  }

  /**
   * When an object was read.
   *
   * @param name the object
   * @param firstBackup the oldest backup that needs it
   * @return not later than its last reading; empty when it is not known to have been read
   */
  public Optional<Instant> readSince(ObjectName name, long firstBackup) {
    int low = 0;
    int high = ranges.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      boolean before =
          ranges.get(middle).through().map(t -> t.compareTo(name) < 0).orElse(false);
      low = before ? middle + 1 : low;
      high = before ? high : middle;
    }
    return Optional.of(low)
        .filter(i -> i < ranges.size())
        .map(ranges::get)
        .filter(range -> range.holds(name) && range.tellsOf(firstBackup))
        .map(ReadRange::time);
  }

  /**
   * The same after another reading. Where two tell of the same names, the later one counts.
   *
   * @param read what was read
   * @return the coverage
   */
  public Coverage with(ReadRange read) {
    TreeSet<ObjectName> bounds = new TreeSet<>();
    Stream.concat(ranges.stream(), Stream.of(read))
        .flatMap(r -> Stream.concat(r.after().stream(), r.through().stream()))
        .forEach(bounds::add);
    List<ReadRange> all = new ArrayList<>();
    Optional<ObjectName> start = Optional.empty();
    int next = 0;
    for (Optional<ObjectName> end : ends(bounds)) {
      while (next < ranges.size() && isBefore(ranges.get(next).through(), end)) {
        next++;
      }
      Optional<ReadRange> old =
          next < ranges.size() ? Optional.of(ranges.get(next)) : Optional.empty();
      Optional<ReadRange> known = within(old, start, end);
      Optional<ReadRange> now = within(Optional.of(read), start, end);
      add(all, later(known, now));
      start = end;
    }
    return new Coverage(cursor, aheadBytes, bounded(all));
  }

  private static List<Optional<ObjectName>> ends(Collection<ObjectName> bounds) {
    List<Optional<ObjectName>> ends =
        new ArrayList<>(bounds.stream().map(Optional::of).toList());
    ends.add(Optional.empty());
    return ends;
  }

  /** Whether an end comes before another; empty is the end of all names. */
  private static boolean isBefore(Optional<ObjectName> end, Optional<ObjectName> other) {
    return end.isPresent() && (other.isEmpty() || ORDER.compare(end.get(), other.get()) < 0);
  }

  /** What a range says of a stretch; nothing when it does not hold all of it. */
  private static Optional<ReadRange> within(
      Optional<ReadRange> range, Optional<ObjectName> start, Optional<ObjectName> end) {
    return range
        .filter(r -> r.after().isEmpty()
            || start.isPresent() && ORDER.compare(r.after().get(), start.get()) <= 0)
        .filter(r -> !isBefore(r.through(), end))
        .map(r -> r.between(start, end));
  }

  private static Optional<ReadRange> later(Optional<ReadRange> known, Optional<ReadRange> now) {
    return known.isPresent() && now.isPresent()
        ? (known.get().time().isAfter(now.get().time()) ? known : now)
        : known.or(() -> now);
  }

  private static void add(List<ReadRange> all, Optional<ReadRange> range) {
    if (range.isEmpty()) {
      return;
    }
    int last = all.size() - 1;
    if (last >= 0
        && touch(all.get(last), range.get())
        && all.get(last).saysTheSameAs(range.get())) {
      all.set(last, range.get().between(all.get(last).after(), range.get().through()));
    } else {
      all.add(range.get());
    }
  }

  private static boolean touch(ReadRange left, ReadRange right) {
    return left.through().isPresent() && left.through().equals(right.after());
  }

  private static List<ReadRange> bounded(List<ReadRange> all) {
    while (all.size() > MAX_RANGES) {
      int closest = 1;
      for (int i = 1; i < all.size(); i++) {
        if (apart(all, i).compareTo(apart(all, closest)) < 0) {
          closest = i;
        }
      }
      ReadRange right = all.remove(closest);
      all.set(closest - 1, joined(all.get(closest - 1), right));
    }
    return all;
  }

  private static Duration apart(List<ReadRange> all, int i) {
    return touch(all.get(i - 1), all.get(i))
        ? Duration.between(all.get(i - 1).time(), all.get(i).time()).abs()
        : Duration.ofSeconds(Long.MAX_VALUE);
  }

  /** What is true of both. Of two with a gap between them, the later one is kept. */
  private static ReadRange joined(ReadRange left, ReadRange right) {
    if (!touch(left, right)) {
      return left.time().isAfter(right.time()) ? left : right;
    }
    return new ReadRange(
        left.after(),
        right.through(),
        left.time().isBefore(right.time()) ? left.time() : right.time(),
        Math.min(left.newestBackup(), right.newestBackup()),
        Stream.concat(left.without().stream(), right.without().stream())
            .distinct()
            .sorted()
            .toList());
  }
}
