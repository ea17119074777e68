package io.coldstream.core.backup.plan;

import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.files.DatabaseFile;
import java.util.List;
import java.util.Optional;

/**
 * Which of the objects that the newest backup names a run looks up by a listing: all of them, or the
 * share whose turn it is. A share is half a page of chunks, or the index, or the active chunk. The
 * turn follows from the newest backup's number, so that it is stored with it, and as many backups as
 * there are shares look everything up.
 */
final class Recheck {

  /** One page of a listing shows them all, also with a scavenged version of each. */
  static final int NUMBERS_PER_SHARE = PageEntry.NUMBERS_PER_PAGE / 2;

  /** The index and the active chunk. */
  private static final int OTHER_SHARES = 2;

  private final boolean all;
  private final List<Integer> chunkShares;
  private final int turn;

  private Recheck(boolean all, List<Integer> chunkShares, int turn) {
    this.all = all;
    this.chunkShares = chunkShares;
    this.turn = turn;
  }

  /**
   * What a run looks up.
   *
   * @param all whether that is everything
   * @param chunks the completed chunks of the capture
   * @param newest the newest backup; without one nothing is known that could be looked up
   * @return it
   */
  static Recheck of(boolean all, List<Chunk> chunks, Optional<NewestBackup> newest) {
    List<Integer> chunkShares =
        chunks.stream().map(Recheck::shareOf).distinct().sorted().toList();
    long backupsBefore =
        newest.map(NewestBackup::manifest).map(Manifest::sequence).orElse(1L) - 1;
    return new Recheck(
        all, chunkShares, (int) (backupsBefore % (chunkShares.size() + OTHER_SHARES)));
  }

  private static int shareOf(Chunk chunk) {
    return chunk.header().firstNumber() / NUMBERS_PER_SHARE;
  }

  /** Whether everything is looked up, and what is known is not relied on. */
  boolean isAll() {
    return all;
  }

  /** Whether the objects of a file are looked up. */
  boolean covers(DatabaseFile file) {
    return all || isShare(file);
  }

  /** Whether a file belongs to the share whose turn it is, where not everything is looked up. */
  boolean isShare(DatabaseFile file) {
    return !all
        && switch (file.kind()) {
          case CHUNK -> chunkShares.indexOf(shareOf((Chunk) file)) == turn;
          case INDEX_TABLE, BLOOM_FILTER, INDEX_MAP -> turn == chunkShares.size();
          case ACTIVE_CHUNK -> turn == chunkShares.size() + 1;
          case CHECKPOINT -> false;
        };
  }
}
