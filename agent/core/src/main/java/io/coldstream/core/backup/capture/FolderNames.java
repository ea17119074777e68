package io.coldstream.core.backup.capture;

import io.coldstream.eventstore.files.FileEntry;
import io.coldstream.eventstore.index.TableName;
import java.util.Optional;

/**
 * Reasons why entries of a database folder are excluded from backups ({@code
 * database-files.md#s1}).
 */
final class FolderNames {

  /** The folder that a server since 21.10 makes in its index folder. */
  static final String STREAM_EXISTENCE = "stream-existence";

  private static final String ARCHIVED = ".archive.bkup";

  private FolderNames() {}

  /** Whether this is the name of a file that the server makes and that is not a chunk. */
  static boolean isOfTheServer(String name) {
    return name.endsWith(".tmp") || name.endsWith(ARCHIVED);
  }

  static String inDatabaseFolder(FileEntry entry) {
    String name = entry.name();
    Optional<String> anywhere = anywhere(entry);
    if (anywhere.isPresent()) {
      return anywhere.get();
    }
    if (name.startsWith("index-backup-")) {
      return "a discarded copy of an index, which the server never reads again";
    }
    if (name.startsWith("kurrent.ddb")) {
      return "secondary indexes, rewritten in place; the server rebuilds them from the log";
    }
    if (name.endsWith(ARCHIVED)) {
      return "a chunk that the server's archive replaced";
    }
    if (name.equals("tag.chk")) {
      return "for cookies of the server's web interface; the server creates a new one";
    }
    return "not a file of the database";
  }

  static String inIndexFolder(FileEntry entry) {
    String name = entry.name();
    Optional<String> anywhere = anywhere(entry);
    if (anywhere.isPresent()) {
      return anywhere.get();
    }
    if (name.equals(STREAM_EXISTENCE)) {
      return "stream-existence filter, rewritten in place: one that is older than its checkpoint"
          + " hides streams; the server rebuilds it";
    }
    if (name.equals("scavenging") || name.startsWith("scavenging.db")) {
      return "scavenge state, rewritten in place; the next scavenge creates it again";
    }
    if (name.equals(".forceverify")) {
      return "makes the next start verify the index";
    }
    if (TableName.parse(name).isPresent() || name.endsWith(".bloomfilter")) {
      return "not listed in the index map: unfinished or obsolete";
    }
    return "not a file of the index";
  }

  private static Optional<String> anywhere(FileEntry entry) {
    if (entry.name().endsWith(".tmp")) {
      return Optional.of("temporary, removed when the server starts");
    }
    return entry.kind() == FileEntry.Kind.OTHER
        ? Optional.of("a socket, a pipe or a broken link")
        : Optional.empty();
  }
}
