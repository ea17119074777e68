package io.coldstream.core.points;

import io.coldstream.core.points.LogStretch.Ends;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.IndexEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.support.failure.RunException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Divides the history of the newest backup into stretches. Each position is restored from the oldest
 * backup that reaches it, as {@code restore} chooses it. Not thread-safe.
 */
final class StretchReader {

  private final List<Manifest> backups;
  private final Manifest newest;
  private final PageCache pages;
  private final Consumer<String> notes;

  /**
   * Reads the stretches of some backups.
   *
   * @param backups the backups, oldest first
   * @param notes is told which backups cannot be read
   */
  StretchReader(List<Manifest> backups, PageCache pages, Consumer<String> notes) {
    this.backups = backups;
    this.newest = backups.get(backups.size() - 1);
    this.pages = pages;
    this.notes = notes;
  }

  /** How far a backup's log is that of the newest one. */
  static long reach(Manifest backup, Manifest newest) {
    OptionalLong fork = backup.log().lineage().firstDifference(newest.log().lineage());
    return Math.min(backup.log().positions().restorePoint(), fork.orElse(Long.MAX_VALUE));
  }

  List<LogStretch> read() throws RunException {
    List<LogStretch> stretches = new ArrayList<>();
    long reached = newest.log().lineage().epochs().get(0).position();
    for (Manifest backup : backups) {
      long to = reach(backup, newest);
      if (to > reached) {
        try {
          for (LogStretch next : stretches(backup, reached, to)) {
            add(stretches, next);
          }
          reached = to;
        } catch (RunException e) {
          if (e.kind() != RunException.Kind.REPOSITORY_DAMAGED) {
            throw e;
          }
          notes.accept("backup " + backup.sequence() + " was passed over: " + e.getMessage());
        }
      }
    }
    List<LogStretch> costed = new ArrayList<>();
    for (LogStretch stretch : stretches) {
      costed.add(stretch.costing(cost(backup(stretch.lastBackup()), stretch.to())));
    }
    return costed;
  }

  /** The backup with a number. */
  Manifest backup(long sequence) {
    return backups.stream()
        .filter(backup -> backup.sequence() == sequence)
        .findFirst()
        .orElseThrow();
  }

  private static void add(List<LogStretch> stretches, LogStretch next) {
    int last = stretches.size() - 1;
    if (last >= 0 && stretches.get(last).isContinuedBy(next)) {
      stretches.set(last, stretches.get(last).with(next));
    } else {
      stretches.add(next);
    }
  }

  private List<LogStretch> stretches(Manifest backup, long from, long to) throws RunException {
    long size = backup.log().chunkSizeBytes();
    List<LogStretch> stretches = new ArrayList<>();
    for (FileEntry chunk : pages.chunks(backup, from, to)) {
      long low = Math.max(from, PageCache.start(chunk, size));
      long high = Math.min(to, PageCache.end(chunk, size));
      Ends ends = chunk.chunk().orElseThrow().scavenged()
          ? new Ends.OfScavengedChunks(List.of(high))
          : new Ends.Anywhere();
      add(
          stretches,
          new LogStretch(
              low,
              high,
              Optional.empty(),
              Optional.empty(),
              ends,
              backup.sequence(),
              backup.sequence(),
              RestoreCost.UNKNOWN));
    }
    return stretches;
  }

  /** What a restore of a backup up to a position fetches. */
  RestoreCost cost(Manifest backup, long to) throws RunException {
    long size = backup.log().chunkSizeBytes();
    long bytes = backup
        .files()
        .activeChunk()
        .filter(active -> PageCache.start(active, size) < to)
        .map(FileEntry::lengthBytes)
        .orElse(0L);
    for (PageEntry page : backup.files().pages()) {
      bytes += (page.firstNumber() + PageEntry.NUMBERS_PER_PAGE) * size <= to
          ? page.fileBytes()
          : bytesBelow(page, size, to);
    }
    OptionalLong index = backup
        .files()
        .index()
        .filter(i -> i.commitCheckpoint() < to)
        .map(StretchReader::indexBytes)
        .orElse(OptionalLong.empty());
    return new RestoreCost(bytes, index);
  }

  private long bytesBelow(PageEntry page, long size, long to) throws RunException {
    return page.firstNumber() * size >= to
        ? 0
        : pages.page(page).stream()
            .filter(chunk -> PageCache.start(chunk, size) < to)
            .mapToLong(FileEntry::lengthBytes)
            .sum();
  }

  private static OptionalLong indexBytes(IndexEntry index) {
    return OptionalLong.of(
        index.all().stream().mapToLong(FileEntry::lengthBytes).sum());
  }
}
