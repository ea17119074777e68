package io.coldstream.store.local;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

/** What this adapter does to the file system, call by call, so that a test can fail any of them. */
interface FileOps {

  /** A file being written. */
  interface Output extends Input {
    void write(byte[] bytes, int length, long position) throws IOException;

    /** Ends the file at a position. */
    void cut(long position) throws IOException;

    /** Takes the file for this process until it is closed; false when another one has it. */
    boolean lock() throws IOException;

    void date(Instant modified) throws IOException;

    /** Returns when bytes and date are on the device. */
    void sync() throws IOException;
  }

  /** A file being read. */
  interface Input extends Closeable {
    int read(byte[] bytes, int offset, int length, long position) throws IOException;
  }

  /** What stands at a path, a link itself rather than its target; empty when nothing does. */
  Optional<BasicFileAttributes> look(Path path) throws IOException;

  /** Whether a path leads to a folder, links followed. */
  boolean leadsToFolder(Path path) throws IOException;

  /** Opens a file, but not by a link. */
  Input read(Path file) throws IOException;

  /** Creates a file that is not there. */
  Output create(Path file) throws IOException;

  /** Opens a file that is there, but not by a link. */
  Output reopen(Path file) throws IOException;

  /** Creates a folder that is not there. */
  void makeFolder(Path folder) throws IOException;

  /** Returns when the names in a folder are on the device. */
  void syncFolder(Path folder) throws IOException;

  /** Gives a file a second name that is not there. */
  void link(Path name, Path file) throws IOException;

  /** Removes a name, or an empty folder. */
  void remove(Path path) throws IOException;

  /** The names in a folder, in no order. */
  DirectoryStream<Path> names(Path folder) throws IOException;
}
