package io.coldstream.core.support.disk;

import io.coldstream.store.disk.ForeignNames;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Local files, and the only way to change them. Names and contents are durable when the methods say
 * so, and not before: a new, moved or deleted name is durable after {@link #sync} of its folder.
 *
 * <p>Every failure is a {@link DiskException}. Thread-safe, unless two threads change the same file.
 */
public interface Disk {

  /** How the names of files end that {@link #write} has not finished; it begins with a dot. */
  String UNFINISHED = ".coldstream-new";

  /**
   * Looks a path up, without following a link in its last part.
   *
   * @param path absolute
   * @return what stands there, or empty when nothing does
   * @throws DiskException when the system cannot tell
   */
  Optional<DiskEntry> look(Path path) throws IOException;

  /**
   * What a folder holds.
   *
   * @param folder absolute
   * @return its entries in the order of their names
   * @throws DiskException {@link DiskException.Kind#MISSING} when there is no such folder; {@link
   *     DiskException.Kind#FAILED} when a name in it is not text in this process's locale
   */
  List<DiskEntry> list(Path folder) throws IOException;

  /**
   * Opens a regular file for reading from its start; a link is not followed.
   *
   * @param file absolute
   * @return its bytes, to be closed; a failure while reading is an {@link IOException}
   * @throws DiskException {@link DiskException.Kind#MISSING} when there is no such file
   */
  InputStream open(Path file) throws IOException;

  /**
   * Opens a regular file for appending; creates it when it is missing. A link is not followed.
   *
   * @param file absolute; its folder exists
   * @return the open file, to be synced and closed
   * @throws DiskException when it cannot be opened
   */
  DiskFile append(Path file) throws IOException;

  /**
   * Renames within one file system, atomically; a file that has the new name is replaced. Durable
   * after both folders are synced, the new one first.
   *
   * @param from absolute; exists
   * @param to absolute; its folder exists
   * @throws DiskException when nothing was renamed
   */
  void move(Path from, Path to) throws IOException;

  /**
   * Removes a file, a link, or an empty folder. One that is not there counts as removed.
   *
   * @param path absolute
   * @throws DiskException when it is still there
   */
  void delete(Path path) throws IOException;

  /**
   * Creates a folder whose parent exists. One that is there counts as created.
   *
   * @param folder absolute
   * @throws DiskException when it cannot be created, also when a file has its name
   */
  void createFolder(Path folder) throws IOException;

  /**
   * Makes the names in a folder durable, unless its file system does not support that.
   *
   * @param folder absolute
   * @throws DiskException when they may not be durable for any other reason
   */
  void sync(Path folder) throws IOException;

  /**
   * Takes a lock that other processes, and other threads of this one, respect when they ask for it
   * here too. It ends with the process. On a file system without locks only threads of this process
   * respect it.
   *
   * @param file absolute; created when missing, its folder exists
   * @return the lock, to be closed
   * @throws DiskException {@link DiskException.Kind#IN_USE} when another process or thread holds it
   */
  Closeable lock(Path file) throws IOException;

  /**
   * The path without links, as far as it exists.
   *
   * @param path any
   * @return the absolute path that it stands for
   * @throws DiskException when the system cannot tell
   */
  Path real(Path path) throws IOException;

  /**
   * How much this user can still write.
   *
   * @param path absolute; need not exist, then its nearest folder that does counts
   * @return free bytes on its file system
   * @throws DiskException when the system cannot tell
   */
  long freeBytes(Path path) throws IOException;

  /**
   * Tells file systems apart.
   *
   * @param path absolute; need not exist, then its nearest folder that does counts
   * @return a mark that is equal for paths on the same file system
   * @throws DiskException when the system cannot tell
   */
  String fileSystem(Path path) throws IOException;

  /**
   * Who is working here.
   *
   * @return the process's user and group
   */
  Owner user();

  /**
   * Refuses a folder in which this user cannot create files. A group or an access list may allow it.
   * Nothing is changed.
   *
   * @param folder absolute; exists
   * @throws DiskException {@link DiskException.Kind#NO_ACCESS} or {@link
   *     DiskException.Kind#READ_ONLY}
   */
  void requireWritable(Path folder) throws IOException;

  /**
   * The same disk for another owner: files and folders that it creates belong to a given owner, from
   * before they have their final name. Only root can do this.
   *
   * @param owner whom they will belong to
   * @return a disk with that habit
   */
  Disk ownedBy(Owner owner);

  /**
   * Reads a small file.
   *
   * @param file absolute
   * @param mostBytes most bytes that it may hold
   * @return its content
   * @throws DiskException when it is missing or longer than that
   */
  default byte[] read(Path file, int mostBytes) throws IOException {
    try (InputStream in = open(file)) {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      content.writeBytes(in.readNBytes(mostBytes + 1));
      if (content.size() > mostBytes) {
        throw new DiskException(
            DiskException.Kind.FAILED,
            "read",
            file,
            "longer than " + mostBytes + " bytes, the largest size of this file",
            null);
      }
      return content.toByteArray();
    }
  }

  /**
   * Gives a file a content: afterwards, and after a crash at any moment, it has either all of the new
   * content or is as it was. When this returns, the new content is durable.
   *
   * <p>A crash may leave a file behind whose name begins with a dot and ends in {@link #UNFINISHED}.
   *
   * @param file absolute; its folder exists
   * @param content all of it
   * @throws DiskException when the old content may still be there
   */
  default void write(Path file, byte[] content) throws IOException {
    String unique = UUID.randomUUID().toString().substring(0, 8);
    Path temporary = file.resolveSibling("." + file.getFileName() + "." + unique + UNFINISHED);
    try {
      try (DiskFile out = append(temporary)) {
        out.write(content, 0, content.length);
        out.sync();
      }
      move(temporary, file);
    } catch (IOException e) {
      try {
        delete(temporary);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    sync(file.getParent());
  }

  /**
   * Creates a folder and what is missing above it. When this returns, the new names are durable.
   *
   * @param folder absolute
   * @throws DiskException when it cannot be created
   */
  default void createFolders(Path folder) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    Path at = folder;
    while (at.getParent() != null && look(at).isEmpty()) {
      missing.push(at);
      at = at.getParent();
    }
    for (Path next : missing) {
      createFolder(next);
      sync(next.getParent());
    }
  }

  /**
   * Removes a folder with all that it holds; links in it are removed, not followed. One that is not
   * there counts as removed. Durable after the parent is synced. One in which NFS keeps a deleted file
   * that is still open becomes empty but for that, and stays.
   *
   * @param folder absolute; a link to a folder is none
   * @throws DiskException when some of it is left; before anything is removed when it is no folder
   */
  default void deleteFolder(Path folder) throws IOException {
    Optional<DiskEntry> found = look(folder);
    if (found.isEmpty()) {
      return;
    }
    if (!found.get().isFolder()) {
      throw new DiskException(
          DiskException.Kind.FAILED, "delete", folder, "it is not a folder", null);
    }
    for (DiskEntry entry : list(folder)) {
      if (entry.isFolder()) {
        deleteFolder(folder.resolve(entry.name()));
      } else if (!ForeignNames.isDeleted(entry.name())) {
        delete(folder.resolve(entry.name()));
      }
    }
    if (list(folder).stream().noneMatch(entry -> ForeignNames.isDeleted(entry.name()))) {
      delete(folder);
    }
  }
}
