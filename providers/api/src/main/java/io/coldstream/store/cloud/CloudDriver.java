package io.coldstream.store.cloud;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.spi.Permission;
import io.coldstream.store.spi.StoreTools;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The calls that one kind of cloud store offers: all that {@link CloudStore} needs to be a store. A
 * driver sends requests and reports the answers; it does not check them, except for what only it can
 * know, and it does not try again.
 *
 * <p>A call fails with whatever the SDK or the transport throws, and {@link #classified} says what
 * that means. An answer that a driver cannot accept is an {@link AnswerException}. A {@link
 * StoreException} reaches the caller as it is. Every call notices an interrupt and stalls no longer
 * than the configured time-out. Drivers are thread-safe.
 */
public interface CloudDriver extends AutoCloseable {

  /**
   * The place of the store.
   *
   * @return bucket and prefix
   */
  Keys keys();

  /**
   * What the store can do.
   *
   * @return its limits and habits; always the same
   */
  CloudTraits traits();

  /**
   * What a permission is called where it is given.
   *
   * @param need what must be allowed
   * @return the provider's own words for it
   */
  String permission(Permission need);

  /**
   * Lists one page, in the order of the keys.
   *
   * @param query what to list
   * @return what the store answered
   * @throws IOException any failure
   */
  KeyPage list(KeyQuery query) throws IOException;

  /**
   * Opens a download.
   *
   * @param name the object
   * @param range which bytes; no range is sent for {@link ByteRange#WHOLE}
   * @param version the version that must be read; empty for the one that is there
   * @return the answer's head and its open body
   * @throws IOException any failure
   */
  Download get(ObjectName name, ByteRange range, Optional<String> version) throws IOException;

  /**
   * Creates an object in one request, if its name is free.
   *
   * @param object the new object
   * @param body its whole content
   * @return what the store answered
   * @throws IOException any failure; the store was not given the last byte of a source that was
   *     refused
   */
  PutAnswer put(NewObject object, SectionBody body) throws IOException;

  /**
   * How objects are created that do not fit into one request.
   *
   * @param listing looks names up
   * @param tools threads, memory and the folder of sessions
   * @return called once for each store
   */
  BigPut bigPut(CloudListing listing, StoreTools tools);

  /**
   * Locks an object for longer than before, or at all.
   *
   * @param name which
   * @param until when the lock ends
   * @throws IOException any failure
   */
  void extend(ObjectName name, Instant until) throws IOException;

  /**
   * Asks until when an object is locked.
   *
   * @param name which
   * @return when its lock ends or has ended; empty without a lock
   * @throws IOException any failure
   */
  Optional<Instant> lockedUntil(ObjectName name) throws IOException;

  /**
   * Removes objects. One that is not there counts as removed. A failure keeps none of the others from
   * being removed.
   *
   * @param names not more than {@link CloudTraits#deleteBatch}
   * @throws IOException the first failure, {@link DriverCalls#worse} than a lock if there is one; a
   *     {@link StoreException} where it is about one name
   */
  void delete(List<ObjectName> names) throws IOException;

  /**
   * Lists one page of unfinished uploads.
   *
   * @param query which
   * @return what the store, or this machine, knows of them
   * @throws IOException any failure
   */
  UploadPage uploads(UploadQuery query) throws IOException;

  /**
   * Removes what an unfinished upload left behind. An upload that is not there counts as removed.
   *
   * @param upload which, as {@link #uploads} listed it
   * @return what became of it
   * @throws IOException any failure
   */
  UploadEnd end(UploadId upload) throws IOException;

  /**
   * Says what a failure means.
   *
   * @param operation the call that failed
   * @param object what it was about, as {@link Keys#shown} names it
   * @param failure what one of this driver's calls, or a body that it opened, threw
   * @return the failure to report; neither its message nor its cause holds a secret
   */
  StoreException classified(Operation operation, String object, Exception failure);

  /** Releases connections and threads. Calls under way fail. */
  @Override
  void close();
}
