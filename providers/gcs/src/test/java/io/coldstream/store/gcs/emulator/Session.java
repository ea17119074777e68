package io.coldstream.store.gcs.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A resumable upload. Bytes are kept in whole blocks as they arrive, so that a sender who breaks
 * off loses less than a block. Several may send at once: a block counts when it fits, what is there
 * already is ignored.
 */
final class Session {

  private final Upload upload;
  private final Bytes bytes;
  private final Digests digests = new Digests();
  private Optional<StoredObject> made = Optional.empty();
  private Optional<Refusal> ended = Optional.empty();

  Session(Upload upload, Bytes bytes) {
    this.upload = upload;
    this.bytes = bytes;
  }

  /** The object, once it is made. */
  synchronized Optional<StoredObject> made() {
    ended.ifPresent(refusal -> {
      throw refusal;
    });
    return made;
  }

  /** It can still be continued. */
  synchronized boolean isOpen() {
    return made.isEmpty() && ended.isEmpty();
  }

  long persisted() {
    return bytes.length();
  }

  /** It cannot be continued; an object that was created stays. */
  synchronized void end(Refusal answer) {
    ended = Optional.of(answer);
  }

  /** Takes what arrives of a body; it may be less than its range says. */
  void receive(ContentRange range, InputStream body) throws IOException {
    if (range.first() > persisted()) {
      throw Refusal.plain(
          503,
          "Invalid request. According to the Content-Range header, the upload offset is "
              + range.first() + " byte(s), which exceeds already uploaded size of " + persisted()
              + " byte(s).");
    }
    long position = range.first();
    while (position < range.end()) {
      long blockEnd = (position / Bytes.BLOCK + 1) * Bytes.BLOCK;
      byte[] block = new byte[(int) (Math.min(blockEnd, range.end()) - position)];
      int count = body.readNBytes(block, 0, block.length);
      if (count < block.length) {
        return;
      }
      append(position, block);
      position += count;
    }
  }

  /** Makes the object if all of it is there. */
  synchronized Optional<StoredObject> finish(OptionalLong total, Request last) {
    if (made().isEmpty() && total.isPresent() && total.getAsLong() == persisted()) {
      try {
        made = Optional.of(upload.finish(bytes, digests.values(), last));
      } catch (Refusal e) {
        end(new Refusal(410, "gone", "The upload was refused: " + e.getMessage()));
        throw e;
      }
    }
    return made;
  }

  private synchronized void append(long position, byte[] block) throws IOException {
    if (made().isPresent()) {
      return;
    }
    long there = bytes.length() - position;
    if (there < block.length) {
      byte[] rest = there == 0 ? block : Arrays.copyOfRange(block, (int) there, block.length);
      digests.update(rest, rest.length);
      bytes.append(rest, rest.length);
    }
  }
}
