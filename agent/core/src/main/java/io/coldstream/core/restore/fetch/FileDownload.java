package io.coldstream.core.restore.fetch;

import io.coldstream.core.repository.FileCheck;
import io.coldstream.core.repository.ObjectFault;
import io.coldstream.core.repository.ObjectReader;
import io.coldstream.core.repository.Replacements;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.restore.plan.PlannedFile;
import io.coldstream.core.support.disk.Disk;
import io.coldstream.core.support.disk.DiskEntry;
import io.coldstream.core.support.disk.DiskFile;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Brings one file into staging, checked while it arrives. What an earlier run left there is used. */
final class FileDownload {

  private static final int BUFFER_BYTES = 256 * 1024;

  private final Disk disk;
  private final ObjectReader reader;
  private final Replacements replacements;
  private final RunListener listener;

  FileDownload(Disk disk, ObjectReader reader, Replacements replacements, RunListener listener) {
    this.disk = disk;
    this.reader = reader;
    this.replacements = replacements;
    this.listener = listener;
  }

  /** Whether a file that is in place already is whole and right. */
  boolean isRight(PlannedFile file, Path path) throws IOException {
    Optional<DiskEntry> there = disk.look(path);
    if (there.isEmpty() || !there.get().isFile() || there.get().lengthBytes() != file.diskBytes()) {
      return false;
    }
    FileCheck check = new FileCheck(file.entry());
    feed(check, path, file.entry().lengthBytes());
    return check.fault().isEmpty();
  }

  /**
   * Fetches what is missing of a file; afterwards it is whole, right and synced, but its name is not.
   *
   * @param found holds parts of it, perhaps
   * @return bytes fetched
   */
  long fetch(PlannedFile file, Path staged, FoundFile found) throws IOException, RunException {
    long there = disk.look(staged).map(DiskEntry::lengthBytes).orElse(0L);
    if (there > 0 && isRight(file, staged)) {
      try (DiskFile out = disk.append(staged)) {
        out.sync();
      }
      return 0;
    }
    if (there < file.entry().lengthBytes() && (there > 0 || !found.isEmpty())) {
      try {
        return attempt(file, file.entry().objects(), staged, found);
      } catch (ObjectFault | FileFault e) {
        // What was there from before may be at fault: once more, from the start.
        listener.on(new RunEvent.Repeated(
            file.name(), 1, "what was there before is of another state or was damaged"));
      }
    }
    return fromTheStart(file, staged);
  }

  private long fromTheStart(PlannedFile file, Path staged) throws IOException, RunException {
    List<StoredBytes> objects = new ArrayList<>(file.entry().objects());
    Set<StoredBytes> refused = new HashSet<>();
    while (true) {
      try {
        disk.delete(staged);
        return attempt(file, objects, staged, FoundFile.none(disk));
      } catch (ObjectFault e) {
        int at = indexOf(objects, e);
        refused.add(objects.get(at));
        objects.set(at, other(objects.get(at), refused).orElseThrow(() -> damaged(file, e)));
        listener.on(new RunEvent.Warning(
            e.getMessage() + "; its content is read from " + objects.get(at).object()));
      } catch (FileFault e) {
        throw new RunException(
            Kind.REPOSITORY_DAMAGED, e.getMessage() + "; choose another backup", e);
      }
    }
  }

  private static int indexOf(List<StoredBytes> objects, ObjectFault fault) {
    for (int i = 0; i < objects.size(); i++) {
      if (objects.get(i).object().equals(fault.object())) {
        return i;
      }
    }
    throw new IllegalStateException("a fault of another file: " + fault.getMessage(), fault);
  }

  private Optional<StoredBytes> other(StoredBytes lost, Set<StoredBytes> refused)
      throws RunException {
    return replacements.of(lost).stream().filter(s -> !refused.contains(s)).findFirst();
  }

  private RunException damaged(PlannedFile file, ObjectFault e) {
    return new RunException(
        Kind.REPOSITORY_DAMAGED,
        e.getMessage() + "; it holds " + file.name() + ", and no later backup has another copy."
            + " Repair it and run this restore again, or remove the unfinished restore with"
            + " --discard and "
            + (file.place() == PlannedFile.Place.INDEX
                ? "restore with --without-index: the server then rebuilds the index"
                : "restore another backup"),
        e,
        List.of(e.repair()));
  }

  private long attempt(PlannedFile file, List<StoredBytes> objects, Path staged, FoundFile found)
      throws IOException {
    FileEntry entry = file.entry();
    long there = disk.look(staged).map(DiskEntry::lengthBytes).orElse(0L);
    boolean wholeObjects = there == 0 && found.isEmpty();
    FileCheck check = wholeObjects ? FileCheck.ofReadObjects(entry, objects) : new FileCheck(entry);
    feed(check, staged, there);
    AtomicLong fetched = new AtomicLong();
    try (DiskFile out = disk.append(staged)) {
      ObjectReader.Sink write = (bytes, offset, length) -> {
        check.accept(bytes, offset, length);
        out.write(bytes, offset, length);
      };
      ObjectReader.Sink fetch = (bytes, offset, length) -> {
        write.accept(bytes, offset, length);
        fetched.addAndGet(length);
        listener.on(new RunEvent.Transferred(length));
      };
      long start = 0;
      for (StoredBytes stored : objects) {
        copy(new Piece(stored, start), Math.max(there, start), found, write, fetch);
        start += stored.lengthBytes();
      }
      Optional<String> fault = check.fault();
      if (fault.isPresent()) {
        throw new FileFault(file.name() + " " + fault.get());
      }
      fillUp(out, file.diskBytes() - entry.lengthBytes());
      out.sync();
    }
    return fetched.get();
  }

  /** Writes an object from an offset in the file on: what was found from there, the rest fetched. */
  private void copy(
      Piece piece,
      long fromOffset,
      FoundFile found,
      ObjectReader.Sink write,
      ObjectReader.Sink fetch)
      throws IOException {
    long at = fromOffset;
    while (at < piece.end()) {
      long held = found.heldAt(at, piece.end());
      if (held > 0) {
        found.read(at, held, write);
        at += held;
      } else {
        long next = found.nextFrom(at, piece.end());
        reader.read(piece.stored(), at - piece.start(), next - piece.start(), fetch);
        at = next;
      }
    }
  }

  private static void fillUp(DiskFile out, long bytes) throws IOException {
    if (bytes > 0) {
      byte[] zeros = new byte[Math.toIntExact(bytes)];
      out.write(zeros, 0, zeros.length);
    }
  }

  private void feed(FileCheck check, Path path, long lengthBytes) throws IOException {
    if (lengthBytes == 0) {
      return;
    }
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = disk.open(path)) {
      long left = lengthBytes;
      while (left > 0) {
        int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (n < 0) {
          return;
        }
        check.accept(buffer, 0, n);
        left -= n;
      }
    }
  }

  /** An object, and where in the file its bytes begin. */
  private record Piece(StoredBytes stored, long start) {
    long end() {
      return start + stored.lengthBytes();
    }
  }

  /** A file is not what its manifest says, though each of its objects is. */
  private static final class FileFault extends IOException {
    private static final long serialVersionUID = 1L;

    FileFault(String message) {
      super(message);
    }
  }
}
