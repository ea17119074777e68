package io.coldstream.store.gcs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session in a file that only its owner can read: a {@link SessionHeader}, then 16 bytes for each
 * note. The file is there whole or not at all, and locked while the session is open. Without the file
 * the upload continues, but no other process can resume it.
 */
final class KeptSession implements UploadSession {

  private static final Logger LOG = LoggerFactory.getLogger(KeptSession.class);

  /** What this process has open: closing a file a second time would end the lock of the first. */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private static final int NOTE_BYTES = 16;
  private static final int CHECKED_BYTES = 12;

  private final Path path;
  private final RandomAccessFile file;
  private final SessionHeader header;
  private boolean closed;

  private KeptSession(Path path, RandomAccessFile file, SessionHeader header) {
    this.path = path;
    this.file = file;
    this.header = header;
  }

  /** Makes the file; empty where there is one, or it cannot be made. */
  static Optional<KeptSession> create(Path path, SessionHeader header) {
    Optional<byte[]> bytes = header.bytes();
    if (bytes.isEmpty() || !OPEN.add(path)) {
      return Optional.empty();
    }
    Optional<KeptSession> created = Optional.empty();
    try {
      created = created(path, header, bytes.get());
    } catch (IOException e) {
      // The upload works without it.
      LOG.warn(
          "only this process can resume the upload, its session cannot be kept: {}", e.toString());
      return Optional.empty();
    } finally {
      if (created.isEmpty()) {
        OPEN.remove(path);
      }
    }
    return created;
  }

  private static Optional<KeptSession> created(Path path, SessionHeader header, byte[] bytes)
      throws IOException {
    Path folder = path.getParent();
    Files.createDirectories(folder, onlyOwner("rwx------"));
    Path whole = Files.createTempFile(folder, "", Sessions.UNFINISHED, onlyOwner("rw-------"));
    RandomAccessFile file = new RandomAccessFile(whole.toFile(), "rw");
    boolean linked = false;
    try {
      if (file.getChannel().tryLock() == null) {
        throw new IOException("a new file is locked");
      }
      file.write(bytes);
      Files.createLink(path, whole);
      linked = true;
      return Optional.of(new KeptSession(path, file, header));
    } catch (FileAlreadyExistsException e) {
      // Another process's upload of the same object is kept under this name.
      return Optional.empty();
    } catch (UnsupportedOperationException | OverlappingFileLockException e) {
      throw new IOException("this file system cannot keep sessions", e);
    } finally {
      if (!linked) {
        file.close();
      }
      Files.deleteIfExists(whole);
    }
  }

  private static FileAttribute<?>[] onlyOwner(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Opens the file; empty where there is none, or somebody else has it open. */
  static Optional<KeptSession> open(Path path) {
    if (!Files.exists(path) || !OPEN.add(path)) {
      return Optional.empty();
    }
    Optional<KeptSession> opened = Optional.empty();
    try {
      opened = opened(path);
    } catch (IOException e) {
      // As if there were none: the upload starts from scratch.
      return Optional.empty();
    } finally {
      if (opened.isEmpty()) {
        OPEN.remove(path);
      }
    }
    return opened;
  }

  private static Optional<KeptSession> opened(Path path) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    Optional<SessionHeader> header = Optional.empty();
    try {
      if (file.getChannel().tryLock() == null) {
        return Optional.empty();
      }
      byte[] bytes = new byte[SessionHeader.BYTES];
      if (file.length() >= bytes.length) {
        file.readFully(bytes);
      }
      header = SessionHeader.of(bytes);
      if (header.isEmpty() && file.length() > 0) {
        // Damaged. An empty one was forgotten between our look and our lock, and its name may be
        // another session's by now.
        Files.deleteIfExists(path);
      }
      return header.map(read -> new KeptSession(path, file, read));
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    } finally {
      if (header.isEmpty()) {
        file.close();
      }
    }
  }

  SessionHeader header() {
    return header;
  }

  @Override
  public String address() {
    return header.address();
  }

  @Override
  public long lengthBytes() {
    return header.lengthBytes();
  }

  @Override
  public Instant begun() {
    return header.begun();
  }

  @Override
  public void note(long bytes, int crc32c) {
    if (closed) {
      return;
    }
    ByteBuffer note = ByteBuffer.allocate(NOTE_BYTES).putLong(bytes).putInt(crc32c);
    note.putInt(check(note.array()));
    try {
      file.seek(place(bytes));
      file.write(note.array());
    } catch (IOException e) {
      // A session whose notes have gaps could be resumed wrongly: better none.
      forget();
      close();
    }
  }

  @Override
  public OptionalInt noted(long bytes) {
    byte[] note = new byte[NOTE_BYTES];
    try {
      if (bytes <= 0 || file.length() < place(bytes) + NOTE_BYTES) {
        return OptionalInt.empty();
      }
      file.seek(place(bytes));
      file.readFully(note);
    } catch (IOException e) {
      return OptionalInt.empty();
    }
    ByteBuffer read = ByteBuffer.wrap(note);
    long notedBytes = read.getLong();
    int crc32c = read.getInt();
    return notedBytes == bytes && read.getInt() == check(note)
        ? OptionalInt.of(crc32c)
        : OptionalInt.empty();
  }

  private static long place(long bytes) {
    return SessionHeader.BYTES + (bytes / GcsSettings.GRAIN_BYTES - 1) * NOTE_BYTES;
  }

  private static int check(byte[] note) {
    CRC32C checksum = new CRC32C();
    checksum.update(note, 0, CHECKED_BYTES);
    return (int) checksum.getValue();
  }

  /**
   * Makes the file empty first, for whoever has it open already and waits for nothing but the lock.
   */
  @Override
  public void forget() {
    if (closed) {
      return;
    }
    try {
      file.setLength(0);
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // What is left is ignored, or the store answers that the session is over.
      return;
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      file.close();
    } catch (IOException e) {
      // Nothing was buffered.
      return;
    } finally {
      OPEN.remove(path);
    }
  }
}
