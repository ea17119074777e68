package io.coldstream.core.backup.capture;

import io.coldstream.core.repository.RestoredMark;
import io.coldstream.core.repository.manifest.LeftOut;
import io.coldstream.eventstore.chunk.ChunkFileName;
import io.coldstream.eventstore.chunk.Cover;
import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.eventstore.files.DatabaseFolders;
import io.coldstream.eventstore.files.FileEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects the files that a capture excludes, each with the reason. */
final class Leftovers {

  /** The name under which the whole index is excluded. */
  static final String INDEX = "index";

  private final List<LeftOut> leftOut = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  List<LeftOut> leftOut() {
    return leftOut;
  }

  List<String> warnings() {
    return warnings;
  }

  void add(String name, String reason) {
    leftOut.add(new LeftOut(name, reason));
  }

  void warn(String name, String reason) {
    warnings.add(name + " is excluded: " + reason);
  }

  void ofDatabaseFolder(FoundChunks found, DatabaseFolders folders) {
    Set<String> captured = new HashSet<>();
    found.cover().chunks().forEach(name -> captured.add(name.toString()));
    captured.add(RestoredMark.FILE_NAME);
    Path index = folders.index().toAbsolutePath().normalize();
    if (folders.database().toAbsolutePath().normalize().equals(index.getParent())) {
      captured.add(index.getFileName().toString());
    }
    Map<String, String> reasons = reasons(found.cover());
    for (FileEntry entry : found.listing()) {
      String name = entry.name();
      if (captured.contains(name) || SourceFolder.isCheckpoint(name)) {
        continue;
      }
      String reason = reasons.getOrDefault(name, FolderNames.inDatabaseFolder(entry));
      add(name, reason);
      if (mayBeMistaken(entry)) {
        warn(name, reason);
      }
    }
  }

  private static Map<String, String> reasons(Cover cover) {
    Map<String, String> reasons = new HashMap<>();
    cover
        .superseded()
        .forEach(name ->
            reasons.put(name.toString(), "superseded by a later version or a merged chunk"));
    cover
        .beyond()
        .forEach(name -> reasons.put(name.toString(), "above the end of the captured log"));
    for (Cover.LeftOut other : cover.leftOut()) {
      // For the server's other names that begin like a chunk's, there is a better reason.
      if (!FolderNames.isOfTheServer(other.name())) {
        reasons.put(other.name(), other.reason());
      }
    }
    return reasons;
  }

  /** Whether a server or a person may mistake it for a chunk. */
  private static boolean mayBeMistaken(FileEntry entry) {
    String name = entry.name();
    return ChunkFileName.isChunkUpTo2010(name)
        || (ChunkFileName.parse(name).isPresent() && !entry.isFile());
  }

  void ofIndexFolder(List<DatabaseFile> index, List<FileEntry> listing) {
    Set<String> captured = index.stream().map(DatabaseFile::fileName).collect(Collectors.toSet());
    for (FileEntry entry : listing) {
      if (!captured.contains(entry.name())) {
        add(INDEX + "/" + entry.name(), FolderNames.inIndexFolder(entry));
      }
    }
  }
}
