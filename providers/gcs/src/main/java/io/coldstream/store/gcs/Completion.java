package io.coldstream.store.gcs;

import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.CloudListing;
import io.coldstream.store.cloud.Operation;
import java.util.Optional;

/** The last request of an upload, and how it is settled when its answer is lost. */
final class Completion {

  private final SessionRequests uploads;
  private final CloudListing listing;

  Completion(SessionRequests uploads, CloudListing listing) {
    this.uploads = uploads;
    this.listing = listing;
  }

  /**
   * Sends the last bytes.
   *
   * @param crc32c of the whole object, as Checksums writes it
   * @return what the store then has; an object that was found by listing is surely this one
   */
  UploadStatus complete(ObjectName name, UploadSession session, byte[] last, String crc32c)
      throws StoreException {
    UploadStatus status;
    try {
      status = uploads.finish(name, session, last, crc32c);
    } catch (StoreException e) {
      if (e.kind() != Kind.UNAVAILABLE || Thread.currentThread().isInterrupted()) {
        throw listing.settled(name, e);
      }
      return afterLostAnswer(name, session, crc32c, e);
    }
    // Gone: used up by an earlier request whose answer was lost, or cancelled by somebody.
    return status instanceof UploadStatus.Gone ? listed(name, session, crc32c) : status;
  }

  private UploadStatus afterLostAnswer(
      ObjectName name, UploadSession session, String crc32c, StoreException lost)
      throws StoreException {
    UploadStatus status;
    try {
      status = uploads.ask(name, session);
      if (status instanceof UploadStatus.Gone) {
        status = listed(name, session, crc32c);
      }
    } catch (StoreException e) {
      lost.addSuppressed(e);
      throw lost;
    }
    if (status instanceof UploadStatus.Done) {
      return status;
    }
    throw lost;
  }

  private UploadStatus listed(ObjectName name, UploadSession session, String crc32c)
      throws StoreException {
    Optional<UploadStatus> there = listing
        .look(Operation.PUT, name)
        .filter(object -> object.isSurely(session.lengthBytes(), crc32c))
        .map(UploadStatus.Done::new);
    return there.orElseGet(UploadStatus.Gone::new);
  }
}
