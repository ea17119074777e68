package io.coldstream.core.repository;

import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.failure.RunException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds another object with the same bytes, which a later backup has uploaded ({@code backup
 * --resend}). Reads later manifests when first asked. Thread-safe.
 */
public final class Replacements {

  private final Repository repository;
  private final long sequence;
  private Map<String, List<StoredBytes>> bySha256;

  /**
   * Creates it; nothing is read yet.
   *
   * @param repository where to look
   * @param sequence only backups with a higher number can hold a replacement
   */
  public Replacements(Repository repository, long sequence) {
    this.repository = repository;
    this.sequence = sequence;
  }

  /**
   * Other objects that should hold the same bytes.
   *
   * @param lost an object that is not what it should be
   * @return what may take its place, the newest first; none when it was never sent again
   * @throws RunException when later backups cannot be read
   */
  public synchronized List<StoredBytes> of(StoredBytes lost) throws RunException {
    if (bySha256 == null) {
      bySha256 = read();
    }
    return bySha256.getOrDefault(lost.sha256().hex(), List.of()).stream()
        .filter(s -> s.lengthBytes() == lost.lengthBytes() && !s.object().equals(lost.object()))
        .toList();
  }

  private Map<String, List<StoredBytes>> read() throws RunException {
    Map<String, List<StoredBytes>> found = new HashMap<>();
    Map<String, Boolean> pages = new HashMap<>();
    List<Long> later = repository.sequences(sequence + 1);
    for (int i = later.size() - 1; i >= 0; i--) {
      try {
        Optional<Manifest> manifest = repository.findManifest(later.get(i));
        if (manifest.isPresent()) {
          read(manifest.get(), found, pages);
        }
      } catch (RunException e) {
        // A damaged later backup offers no replacement, and does not affect this one.
        if (e.kind() != RunException.Kind.REPOSITORY_DAMAGED) {
          throw e;
        }
      }
    }
    return found;
  }

  private void read(
      Manifest manifest, Map<String, List<StoredBytes>> found, Map<String, Boolean> pages)
      throws RunException {
    manifest.files().index().ifPresent(index -> index.all().forEach(file -> add(found, file)));
    manifest.files().activeChunk().ifPresent(file -> add(found, file));
    for (PageEntry page : manifest.files().pages()) {
      // Pages are shared by manifests: each is read once.
      if (pages.put(page.object().value(), true) == null) {
        repository.page(page).forEach(file -> add(found, file));
      }
    }
  }

  private static void add(Map<String, List<StoredBytes>> found, FileEntry file) {
    for (StoredBytes stored : file.objects()) {
      List<StoredBytes> same =
          found.computeIfAbsent(stored.sha256().hex(), digest -> new ArrayList<>());
      if (!same.contains(stored)) {
        same.add(stored);
      }
    }
  }
}
