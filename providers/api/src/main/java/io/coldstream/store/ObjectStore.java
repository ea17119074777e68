package io.coldstream.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * A place for immutable objects: the whole of what Coldstream asks of a provider.
 *
 * <p>A store is opened on a bucket and a prefix, which names and listings do not show. An object
 * appears whole or not at all, only if its name is free, and never changes: nothing here can
 * overwrite. A listing or read that starts after a put has returned sees its object. Nothing here
 * creates buckets, and nothing here tries again: {@code RetryingStore} does.
 *
 * <p>Every failure is a {@link StoreException}, whose {@link StoreException#kind()} callers branch
 * on. An interrupted call ends soon with {@link StoreException.Kind#UNAVAILABLE} and the thread's
 * interrupt flag set. Implementations are thread-safe.
 */
public interface ObjectStore extends AutoCloseable {

  /**
   * Finds an object.
   *
   * @param name its name
   * @return what it is, or empty when there is none
   * @throws StoreException when the store cannot tell
   */
  Optional<StoredObject> stat(ObjectName name) throws StoreException;

  /**
   * Lists objects in the order of their names: one request, one page. A page that does not advance,
   * because the store gives a position or names again, is {@link StoreException.Kind#UNAVAILABLE}.
   *
   * @param prefix only names under it
   * @param from where to start or continue
   * @return the page
   * @throws StoreException when the store cannot tell; {@link StoreException.Kind#NOT_FOUND} never
   *     (no object is an empty page)
   */
  ListPage list(ObjectPrefix prefix, ListCursor from) throws StoreException;

  /**
   * Opens a range of an object.
   *
   * @param name its name
   * @param range which bytes
   * @param version the version that must be read; empty for the one that is there
   * @return the open read, to be closed
   * @throws StoreException {@link StoreException.Kind#NOT_FOUND} when there is no such object or the
   *     version is no longer there, {@link StoreException.Kind#REJECTED} when the range does not lie
   *     in the object
   */
  ObjectContent read(ObjectName name, ByteRange range, Optional<String> version)
      throws StoreException;

  /**
   * Creates an object, whole or not at all.
   *
   * @param request name, content and use
   * @return the object as the store confirmed it; its length has been compared with the source's
   * @throws StoreException {@link StoreException.Kind#ALREADY_EXISTS} when the name already exists
   *     (the object there is untouched), {@link StoreException.Kind#SOURCE_UNREADABLE} when the
   *     source failed, was shorter or longer than it said, or its pass refused; any of them, and
   *     every other kind but two, means that nothing was created. After {@link
   *     StoreException.Kind#UNAVAILABLE} the object may be there, whole; after {@link
   *     StoreException.Kind#CORRUPT} something that was not sent may stand under the name
   */
  StoredObject put(PutRequest request) throws StoreException;

  /**
   * Locks an object until a later time than before, or at all. A lock never gets shorter.
   *
   * @param name its name
   * @param until when the lock ends, in whole seconds
   * @throws StoreException {@link StoreException.Kind#NOT_FOUND} when there is no such object, {@link
   *     StoreException.Kind#REJECTED} when objects cannot be locked here; {@link
   *     StoreException.Kind#ACCESS_DENIED} or {@link StoreException.Kind#LOCKED}, where the store
   *     refuses it, when the lock that is there ends later or is of a stricter mode
   */
  void extend(ObjectName name, Instant until) throws StoreException;

  /**
   * Asks until when an object is locked. No backup needs it; it takes a permission of its own.
   *
   * @param name its name
   * @return when the lock ends or has ended; empty when the object was never locked
   * @throws StoreException {@link StoreException.Kind#NOT_FOUND} when there is no such object
   */
  Optional<Instant> lockedUntil(ObjectName name) throws StoreException;

  /**
   * Removes objects. A name that is not there counts as removed. A store that keeps older versions
   * removes a locked object from its listings and keeps the bytes until the lock ends.
   *
   * @param names which, any number
   * @throws StoreException when some may be left; they can be removed again. {@link
   *     StoreException.Kind#LOCKED} when nothing else went wrong than that locks keep some
   */
  void delete(Collection<ObjectName> names) throws StoreException;

  /**
   * Removes what interrupted puts left behind.
   *
   * @param prefix only uploads of names under it
   * @param olderThan only those begun longer ago than this; never a running one of today's clocks
   *     when a day or more
   * @return what was found and removed
   * @throws StoreException when the store cannot tell
   */
  SweepResult sweep(ObjectPrefix prefix, Duration olderThan) throws StoreException;

  /** Releases connections and threads. Calls under way fail. */
  @Override
  void close();
}
