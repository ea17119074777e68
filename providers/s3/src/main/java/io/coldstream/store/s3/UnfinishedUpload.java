package io.coldstream.store.s3;

import java.util.ArrayList;
import java.util.List;

/**
 * A multipart upload that is under way: which parts the store has, in order from the first. Used by
 * one thread at a time.
 */
final class UnfinishedUpload {

  /**
   * A part that the store has confirmed.
   *
   * @param etag what the store calls it
   * @param checksum CRC-32C of what was sent
   */
  record Part(String etag, int checksum) {}

  private final String id;
  private final long lengthBytes;
  private final long partBytes;
  private final List<Part> parts = new ArrayList<>();
  private boolean completing;

  UnfinishedUpload(String id, long lengthBytes, long partBytes) {
    this.id = id;
    this.lengthBytes = lengthBytes;
    this.partBytes = partBytes;
  }

  String id() {
    return id;
  }

  /** Whether a content can be gone on with here: a different length is a different content. */
  boolean fits(long otherLengthBytes, long otherPartBytes) {
    return lengthBytes == otherLengthBytes && partBytes == otherPartBytes;
  }

  List<Part> parts() {
    return parts;
  }

  void stored(Part part) {
    parts.add(part);
  }

  /** Whether a completing call was sent, so that the object may be there already. */
  boolean completing() {
    return completing;
  }

  void beginCompleting() {
    completing = true;
  }
}
