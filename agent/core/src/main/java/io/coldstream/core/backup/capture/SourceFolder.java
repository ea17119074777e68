package io.coldstream.core.backup.capture;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.eventstore.chunk.ChunkFileName;
import io.coldstream.eventstore.files.DatabaseFiles;
import io.coldstream.eventstore.files.DatabaseFolders;
import io.coldstream.eventstore.files.FileEntry;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks that the options name a database folder. */
final class SourceFolder {

  private static final Set<String> CHECKPOINTS = Arrays.stream(CheckpointName.values())
      .map(CheckpointName::fileName)
      .collect(Collectors.toUnmodifiableSet());

  private SourceFolder() {}

  static void requireDatabase(DatabaseFiles files, DatabaseFolders folders)
      throws RunException, IOException {
    List<FileEntry> entries = list(files, folders.database(), "--db");
    if (entries.stream().noneMatch(SourceFolder::isOfADatabase)) {
      throw new RunException(
          Kind.USAGE,
          "--db " + folders.database() + ": holds no database: no checkpoint (writer.chk) and no"
              + " chunk (chunk-000000.000000) is among its " + entries.size()
              + " entries; give the folder from the server's own option --db");
    }
    Path usual = folders.database().resolve(DatabaseFolders.DEFAULT_INDEX_NAME);
    if (!folders.index().equals(usual)) {
      list(files, folders.index(), "--index");
    }
  }

  static boolean isCheckpoint(String name) {
    return CHECKPOINTS.contains(name);
  }

  private static boolean isOfADatabase(FileEntry entry) {
    return isCheckpoint(entry.name()) || ChunkFileName.parse(entry.name()).isPresent();
  }

  private static List<FileEntry> list(DatabaseFiles files, Path folder, String option)
      throws RunException, IOException {
    try {
      return files.list(folder);
    } catch (NoSuchFileException e) {
      throw new RunException(
          Kind.USAGE,
          option + " " + folder + ": there is no such folder; give the one from the server's own"
              + " option",
          e);
    } catch (NotDirectoryException e) {
      throw new RunException(
          Kind.USAGE, option + " " + folder + ": is a file; give the folder that contains it", e);
    }
  }
}
