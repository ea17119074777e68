package io.coldstream.core.verify;

import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.store.ObjectName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files that are stored in several objects: active chunks. That of a backup is mostly the
 * beginning of the next one's, so that one pass over the longest shows all of them.
 */
final class SegmentedFiles {

  private final Map<FileEntry, Long> firstBackups = new LinkedHashMap<>();
  private final Set<ObjectName> objects = new HashSet<>();

  /**
   * A file.
   *
   * @param entry what the manifest says of it
   * @param firstBackup the backup that was met first and has it
   */
  record Segmented(FileEntry entry, long firstBackup) {

    /** Files of which one is the beginning of the other have the same. */
    ObjectName firstObject() {
      return entry.objects().get(0).object();
    }

    /** Whether this file's objects are the first ones of another's; then its bytes must be, too. */
    boolean begins(FileEntry longer) {
      int count = entry.objects().size();
      // A completed chunk has a digest of its own, which needs a pass of its own.
      return isActive(entry)
          && count <= longer.objects().size()
          && longer.objects().subList(0, count).equals(entry.objects());
    }
  }

  /** Whether a file is an active chunk, in one object or several. */
  static boolean isActive(FileEntry file) {
    return file.chunk().filter(c -> c.footerMd5().isEmpty()).isPresent();
  }

  void add(FileEntry file, long backup) {
    firstBackups.putIfAbsent(file, backup);
    file.objects().forEach(stored -> objects.add(stored.object()));
  }

  /** Whether a pass reads an object. */
  boolean holds(ObjectName object) {
    return objects.contains(object);
  }

  /** The files to be read, the longest first, each followed by those that are beginnings of it. */
  List<List<Segmented>> passes() {
    List<Segmented> files = new ArrayList<>();
    firstBackups.forEach((entry, backup) -> files.add(new Segmented(entry, backup)));
    files.sort(
        Comparator.comparingInt((Segmented f) -> f.entry().objects().size()).reversed());
    List<List<Segmented>> passes = new ArrayList<>();
    for (Segmented file : files) {
      passes.stream()
          .filter(pass -> file.begins(pass.get(0).entry()))
          .findFirst()
          .ifPresentOrElse(
              pass -> pass.add(file), () -> passes.add(new ArrayList<>(List.of(file))));
    }
    return passes;
  }
}
