package io.coldstream.core.backup.capture;

import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.chunk.ActiveChunk;
import io.coldstream.eventstore.chunk.ChunkHeader;
import io.coldstream.eventstore.files.OpenFile;
import io.coldstream.eventstore.log.Epoch;
import io.coldstream.eventstore.log.Lineage;
import io.coldstream.eventstore.log.LogRecord;
import io.coldstream.eventstore.log.RecordFraming;
import io.coldstream.eventstore.log.SystemRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;

/**
 * One reading of the active chunk up to the captured end of the log. It checks that every record is
 * framed and at its own position, and that every epoch is in the captured lineage, and finds how
 * many of the stored segments the file still begins with.
 *
 * @param whole digest of all captured bytes
 * @param continued how many of these bytes the first stored segments hold; 0 when the first segment
 *     holds something else
 * @param rest digest of the bytes after those
 */
public record ActiveProof(Sha256 whole, long continued, Sha256 rest) {

  private static final int BUFFER_BYTES = 128 << 10;

  /**
   * Reads the chunk.
   *
   * @param capture the capture
   * @param chunk its active chunk
   * @param segments what is stored of a chunk with the same id, from the file's first byte on; may
   *     be empty
   * @return the result
   * @throws RunException {@link RunException.Kind#SOURCE_REFUSED} when a record is damaged or the
   *     file cannot be read
   * @throws SourceMoved when it is no longer what was captured
   * @throws InterruptedException when the run is to stop
   */
  public static ActiveProof read(Capture capture, ActiveChunk chunk, List<StoredBytes> segments)
      throws RunException, SourceMoved, InterruptedException {
    try (OpenFile file = capture.pins().open(chunk)) {
      try {
        return read(new Reading(chunk, capture.log().lineage(), file), chunk, segments);
      } catch (DatabaseException e) {
        Pins.requireSame(file, chunk); // a truncation rewrites it in place: that is not damage
        throw e;
      }
    } catch (IOException e) {
      throw SourceFailure.of(e, chunk.fileName());
    }
  }

  private static ActiveProof read(Reading reading, ActiveChunk chunk, List<StoredBytes> segments)
      throws IOException {
    long continued = 0;
    for (StoredBytes segment : segments) {
      long end = continued + segment.lengthBytes();
      if (end > chunk.lengthBytes() || !reading.readTo(end).equals(segment.sha256())) {
        break; // an election cut the log below this segment's end
      }
      reading.beginPart();
      continued = end;
    }
    Sha256 rest = reading.readTo(chunk.lengthBytes());
    reading.framing.finish();
    return new ActiveProof(Sha256.of(reading.whole), continued, rest);
  }

  private static final class Reading {
    private final MessageDigest whole = Sha256.newDigest();
    private final MessageDigest part = Sha256.newDigest();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final RecordFraming framing;
    private final OpenFile file;
    private long reachedBytes;

    Reading(ActiveChunk chunk, Lineage lineage, OpenFile file) {
      String name = chunk.fileName();
      this.file = file;
      this.framing = new RecordFraming(
          name, chunk.chunk().startPosition(), record -> isCaptured(record, lineage, name));
    }

    /** Starts a digest of what is read from here on. */
    void beginPart() {
      part.reset();
    }

    /** Reads up to an offset and returns the digest of the part so far. */
    Sha256 readTo(long endBytes) throws IOException {
      try (InputStream in = new FileStream(file, reachedBytes, endBytes)) {
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          whole.update(buffer, 0, count);
          part.update(buffer, 0, count);
          int header = (int) Math.max(0, Math.min(count, ChunkHeader.LENGTH_BYTES - reachedBytes));
          framing.feed(ByteBuffer.wrap(buffer, header, count - header));
          reachedBytes += count;
        }
      }
      return Sha256.soFar(part);
    }

    private static boolean isCaptured(LogRecord record, Lineage lineage, String name)
        throws SourceMoved {
      if (record instanceof SystemRecord system && system.epoch().isPresent()) {
        Epoch met = system.epoch().get();
        if (lineage.epochs().stream().noneMatch(met::isSame)) {
          throw new SourceMoved(name + ": holds epoch " + met.number() + " at " + met.position()
              + ", which it did not have when it was captured");
        }
      }
      return true;
    }
  }
}
