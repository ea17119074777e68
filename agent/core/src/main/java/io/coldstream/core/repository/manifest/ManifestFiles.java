package io.coldstream.core.repository.manifest;

import io.coldstream.store.ObjectPrefix;
import java.util.List;
import java.util.Optional;

/**
 * The files of a backup as its manifest lists them: completed chunks by their pages, all others one by
 * one.
 *
 * @param checkpointFolder the object folder of the small files as captured, with {@code direct/} in
 *     it; may be that of an earlier backup with equal values
 * @param checkpoints the small files as captured
 * @param index the index, unless it was excluded
 * @param pages the completed chunks of the cover, in the order of their numbers
 * @param activeChunk the chunk that the writer's value points into, up to that value; empty when the
 *     value is a chunk's start
 * @param leftOut what the backup does not hold, and why
 */
public record ManifestFiles(
    String checkpointFolder,
    List<FileEntry> checkpoints,
    Optional<IndexEntry> index,
    List<PageEntry> pages,
    Optional<FileEntry> activeChunk,
    List<LeftOut> leftOut) {

  /**
   * Checks and copies the values.
   *
   * @throws IllegalArgumentException when there is no chunk, a page is out of order, or the folder is
   *     not a folder of objects
   */
  public ManifestFiles {
    checkpoints = List.copyOf(checkpoints);
    pages = List.copyOf(pages);
    leftOut = List.copyOf(leftOut);
    new ObjectPrefix(checkpointFolder); // refuses a folder that climbs
    if (pages.isEmpty() && activeChunk.isEmpty()) {
      throw new IllegalArgumentException("a backup without chunks");
    }
    for (int i = 1; i < pages.size(); i++) {
      if (pages.get(i - 1).firstNumber() >= pages.get(i).firstNumber()) {
        throw new IllegalArgumentException(
            "pages out of order at " + pages.get(i).object());
      }
    }
  }
}
