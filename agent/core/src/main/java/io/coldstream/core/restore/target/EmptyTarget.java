package io.coldstream.core.restore.target;

import io.coldstream.core.restore.plan.PlannedFile.Place;
import io.coldstream.core.support.disk.Disk;
import io.coldstream.core.support.disk.DiskEntry;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.support.failure.Remedy.Action;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.eventstore.chunk.ChunkFileName;
import io.coldstream.eventstore.chunk.ChunkHeader;
import io.coldstream.eventstore.log.LogRecord;
import io.coldstream.eventstore.log.PrepareRecord;
import io.coldstream.eventstore.log.RecordFraming;
import io.coldstream.eventstore.log.SystemRecord;
import io.coldstream.store.disk.ForeignNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks that a target has no files that a restore would overwrite. What is in the way is named. A
 * database that a server made because it was started too early is recognised: it is empty but for
 * the server's own records, and the staging folder, which is made in empty directories only, is
 * older.
 */
final class EmptyTarget {

  private static final String FIRST_CHUNK = new ChunkFileName(0, 0).toString();
  private static final String EARLY_START = "early-start";
  private static final String OF_INDEX = "of-index";
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Disk disk;
  private final Target target;

  EmptyTarget(Disk disk, Target target) {
    this.disk = disk;
    this.target = target;
  }

  /**
   * Refuses a target that is not empty.
   *
   * @param marked whether the start guard stands: then what a refused start leaves may be there
   * @throws IOException when the disk fails
   * @throws RunException {@link Kind#TARGET_REFUSED} naming the entry that is in the way
   */
  void require(boolean marked) throws IOException, RunException {
    for (Place place : target.places()) {
      for (DiskEntry entry : entries(place)) {
        if (!mayStay(place, entry) && !(marked && SetAside.isLeftover(entry.name()))) {
          requireNoEarlyStart();
          throw Preflight.refused(target.folder(place) + " is not empty: it holds " + entry.name()
              + "; restore into an empty directory, or move its content away first"
              + (new ReusedDatabase(disk, target).isThere()
                  ? ". To repair the database there and fetch only what differs, use --reuse"
                  : ""));
        }
      }
    }
  }

  /**
   * Refuses a target in which a server has made an empty database since the restore began.
   *
   * @throws IOException when the disk fails
   * @throws RunException {@link Kind#TARGET_REFUSED} with the commands that move it away
   */
  void requireNoEarlyStart() throws IOException, RunException {
    if (disk.look(target.staging(Place.DATABASE)).isEmpty()
        || !entries(Place.DATABASE).stream().allMatch(this::mayBeAnEmptyDatabases)
        || !holdsOwnRecordsOnly()) {
      return;
    }
    Path folder = freeFolder();
    List<Remedy> remedies = new ArrayList<>(List.of(
        program(
            "Stop that server. Then make a directory for its files",
            List.of("mkdir", "-p", folder.toString())),
        move("Move its files there", Place.DATABASE, folder)));
    if (entries(Place.INDEX).stream().anyMatch(entry -> isToMove(Place.INDEX, entry))) {
      Path index = folder.resolve(OF_INDEX);
      remedies.add(program(
          "Make a directory for the files of its index", List.of("mkdir", index.toString())));
      remedies.add(move("Move the index files there", Place.INDEX, index));
    }
    remedies.add(new Remedy("Restore again", Action.AGAIN));
    throw new RunException(
        Kind.TARGET_REFUSED,
        target.database()
            + " holds an empty database that was created after a restore had begun there:"
            + " a server was started too early. It holds the server's own records and no other"
            + " events; nothing was changed",
        null,
        remedies);
  }

  private Remedy move(String when, Place place, Path folder) throws IOException {
    Stream<String> files = entries(place).stream()
        .filter(entry -> isToMove(place, entry))
        .map(entry -> target.folder(place).resolve(entry.name()).toString());
    return program(
        when,
        Stream.of(Stream.of("mv"), files, Stream.of(folder + "/"))
            .flatMap(s -> s)
            .toList());
  }

  private static Remedy program(String when, List<String> words) {
    return new Remedy(when, Action.PROGRAM, words);
  }

  private List<DiskEntry> entries(Place place) throws IOException {
    Path folder = target.folder(place);
    return disk.look(folder).isPresent() ? disk.list(folder) : List.of();
  }

  private Path freeFolder() throws IOException {
    Path folder = target.setAside(Place.DATABASE).resolve(EARLY_START);
    for (int i = 2; disk.look(folder).isPresent(); i++) {
      folder = folder.resolveSibling(EARLY_START + "." + i);
    }
    return folder;
  }

  private boolean mayBeAnEmptyDatabases(DiskEntry entry) {
    return mayStay(Place.DATABASE, entry)
        || entry.name().equals(FIRST_CHUNK)
        || SetAside.isLeftover(entry.name());
  }

  private boolean isToMove(Place place, DiskEntry entry) {
    return !mayStay(place, entry) || entry.name().endsWith(".chk");
  }

  private boolean mayStay(Place place, DiskEntry entry) {
    String name = entry.name();
    return ForeignNames.contains(name)
        || name.equals(Target.STAGING)
        || name.equals(Target.SET_ASIDE)
        || name.endsWith(Disk.UNFINISHED)
        || (place == Place.DATABASE
            && (name.endsWith(".chk")
                || (entry.isFolder() && target.indexName().filter(name::equals).isPresent())));
  }

  /** Whether the log, all in the first chunk, is one that a server begins by itself. */
  private boolean holdsOwnRecordsOnly() throws IOException {
    Path chunk = target.database().resolve(FIRST_CHUNK);
    Path writer = target.checkpoint(CheckpointName.WRITER);
    if (!isFile(chunk) || !isFile(writer)) {
      return false;
    }
    try (InputStream in = disk.open(chunk)) {
      Checkpoint end = Checkpoint.fromBytes(
          CheckpointName.WRITER, disk.read(writer, Preflight.SMALL_FILE_BYTES));
      byte[] head = in.readNBytes(ChunkHeader.LENGTH_BYTES);
      return head.length == ChunkHeader.LENGTH_BYTES
          && ChunkHeader.parse(head, FIRST_CHUNK).isIdentity()
          && holdsOwnRecordsOnly(in, end.position().orElseThrow());
    } catch (DatabaseException e) {
      return false; // whatever it is, it is not that
    }
  }

  private static boolean holdsOwnRecordsOnly(InputStream data, long lengthBytes)
      throws IOException {
    RecordFraming framing = new RecordFraming(FIRST_CHUNK, 0, EmptyTarget::isServersOwn);
    byte[] buffer = new byte[BUFFER_BYTES];
    long left = lengthBytes;
    while (left > 0 && !framing.isStopped()) {
      int count = data.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (count < 0) {
        return false;
      }
      framing.feed(ByteBuffer.wrap(buffer, 0, count));
      left -= count;
    }
    if (!framing.isStopped()) {
      framing.finish();
    }
    return !framing.isStopped();
  }

  private static boolean isServersOwn(LogRecord record) {
    return record instanceof SystemRecord
        || record instanceof PrepareRecord event && event.systemStream();
  }

  private boolean isFile(Path path) throws IOException {
    return disk.look(path).filter(DiskEntry::isFile).isPresent();
  }
}
