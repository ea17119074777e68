package io.coldstream.core.points;

import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.ObjectName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pages of manifests, which share them; keeps the last few. Not thread-safe. */
final class PageCache {

  private static final int MAX_PAGES = 8;

  private final Repository repository;
  private final Map<ObjectName, List<FileEntry>> pages =
      new LinkedHashMap<>(2 * MAX_PAGES, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ObjectName, List<FileEntry>> eldest) {
          return size() > MAX_PAGES;
        }
      };

  PageCache(Repository repository) {
    this.repository = repository;
  }

  /** The files of a page. */
  List<FileEntry> page(PageEntry page) throws RunException {
    List<FileEntry> known = pages.get(page.object());
    if (known == null) {
      known = repository.page(page);
      pages.put(page.object(), known);
    }
    return known;
  }

  /** The chunks that hold a part of a stretch, in the order of the log. */
  List<FileEntry> chunks(Manifest backup, long from, long to) throws RunException {
    long size = backup.log().chunkSizeBytes();
    List<FileEntry> chunks = new ArrayList<>();
    backup.files().activeChunk().filter(active -> start(active, size) < to).ifPresent(chunks::add);
    List<PageEntry> all = backup.files().pages();
    // A merged chunk may begin in an earlier page: the walk goes down until one begins low enough.
    for (int i = all.size() - 1; i >= 0; i--) {
      if (!chunks.isEmpty() && start(chunks.get(0), size) <= from) {
        break;
      }
      if (all.get(i).firstNumber() * size < to) {
        chunks.addAll(0, page(all.get(i)));
      }
    }
    chunks.removeIf(chunk -> start(chunk, size) >= to || end(chunk, size) <= from);
    return chunks;
  }

  static long start(FileEntry chunk, long size) {
    return chunk.chunk().orElseThrow().firstNumber() * size;
  }

  static long end(FileEntry chunk, long size) {
    return (chunk.chunk().orElseThrow().lastNumber() + 1L) * size;
  }
}
