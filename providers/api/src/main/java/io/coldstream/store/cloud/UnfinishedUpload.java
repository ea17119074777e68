package io.coldstream.store.cloud;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An upload in parts that is under way, and the parts that the store has of it. Parts are added by
 * several threads at once; everything else is done by the thread that puts.
 */
final class UnfinishedUpload {

  private final UploadId id;
  private final boolean createdHere;
  private final long lengthBytes;
  private final long partBytes;
  private final Optional<Instant> lockedUntil;
  private final Map<Integer, Part> parts = new ConcurrentHashMap<>();
  private volatile boolean gone;
  private boolean proven;
  private boolean foreign;
  private volatile boolean doubtful;
  private boolean doubtedBefore;
  private boolean completing;

  private UnfinishedUpload(
      UploadId id,
      boolean createdHere,
      long lengthBytes,
      long partBytes,
      Optional<Instant> lockedUntil) {
    this.id = id;
    this.createdHere = createdHere;
    this.lengthBytes = lengthBytes;
    this.partBytes = partBytes;
    this.lockedUntil = lockedUntil;
  }

  /** One that this process has just begun, with the lock that its object will have. */
  static UnfinishedUpload created(
      UploadId id, long lengthBytes, long partBytes, Optional<Instant> lockedUntil) {
    return new UnfinishedUpload(id, true, lengthBytes, partBytes, lockedUntil);
  }

  /** One that the store listed, whichever process began it. */
  static UnfinishedUpload found(
      UploadId id, long lengthBytes, long partBytes, Map<Integer, Part> parts) {
    UnfinishedUpload upload =
        new UnfinishedUpload(id, false, lengthBytes, partBytes, Optional.empty());
    upload.parts.putAll(parts);
    return upload;
  }

  UploadId id() {
    return id;
  }

  boolean createdHere() {
    return createdHere;
  }

  /** Whether its object is locked that long without more ado: no listing tells the lock. */
  boolean locksUntil(Instant until) {
    return lockedUntil.filter(end -> !end.isBefore(until)).isPresent();
  }

  long lengthBytes() {
    return lengthBytes;
  }

  /** Whether a content can be continued here: a different length is a different content. */
  boolean fits(long otherLengthBytes, long otherPartBytes) {
    return lengthBytes == otherLengthBytes && partBytes == otherPartBytes;
  }

  /** The part of a section, counted from 0. */
  Optional<Part> part(int section) {
    return Optional.ofNullable(parts.get(section));
  }

  void stored(int section, Part part) {
    parts.put(section, part);
  }

  /** A part equals the source: the upload is of this content, whichever process began it. */
  void prove() {
    proven = true;
  }

  /** Whether it may be aborted when the content proves to be wrong. */
  boolean ours() {
    return createdHere || proven;
  }

  /** A part is of another content: nothing of the upload can be used. */
  void disown() {
    foreign = true;
  }

  boolean foreign() {
    return foreign;
  }

  /** The store no longer knows it. */
  void lose() {
    gone = true;
  }

  boolean gone() {
    return gone;
  }

  /** Another process sent parts again: what is known of them is no longer true. */
  void doubt() {
    parts.clear();
    doubtful = true;
    doubtedBefore = true;
  }

  /** Whether its parts were in doubt once, and have been asked for since. */
  boolean doubtedBefore() {
    return doubtedBefore;
  }

  /** A part could not be sent: perhaps because the upload is gone, which not every store can say. */
  void askAgain() {
    doubtful = true;
  }

  /** Whether the parts must be asked for; asking ends the doubt. */
  boolean doubtful() {
    return doubtful;
  }

  /** What the store told of the parts; of one that is still the same more may be known here. */
  void told(Map<Integer, Part> nowThere) {
    parts.keySet().retainAll(nowThere.keySet());
    nowThere.forEach((section, part) ->
        parts.merge(section, part, (known, now) -> known.tag().equals(now.tag()) ? known : now));
    doubtful = false;
  }

  /** The store does not list them: what is known here is used. */
  void untold() {
    doubtful = false;
  }

  /** Whether a completing call was sent, so that the object may be there already. */
  boolean completing() {
    return completing;
  }

  void beginCompleting() {
    completing = true;
  }
}
