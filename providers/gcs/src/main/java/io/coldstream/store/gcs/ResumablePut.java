package io.coldstream.store.gcs;

import io.coldstream.store.ObjectName;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.cloud.BigPut;
import io.coldstream.store.cloud.Checksums;
import io.coldstream.store.cloud.CloudListing;
import io.coldstream.store.cloud.ListedObject;
import io.coldstream.store.cloud.NewObject;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.cloud.SourceFailures;
import io.coldstream.store.spi.OncePass;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Creates an object through an upload session. One part after the other streams from the source. The
 * last bytes are sent after the source's pass has approved, and make the object visible.
 *
 * <p>A session that breaks off because the store fails is kept, and the next put of that object
 * resumes it: the source is read from its start again, and what the store has must equal it. A
 * session is cancelled when its source is wrong, when another content is put under its name, and when
 * the name already exists, because then it can never be completed.
 */
final class ResumablePut implements BigPut {

  private final GcsSettings settings;
  private final Sessions sessions;
  private final SessionRequests uploads;
  private final CloudListing listing;
  private final Completion completion;
  private final Locking locking;

  /** Makes a lock longer. */
  interface Locking {
    void extend(ObjectName name, Instant until) throws IOException;
  }

  ResumablePut(
      GcsSettings settings,
      Sessions sessions,
      SessionRequests uploads,
      CloudListing listing,
      Locking locking) {
    this.locking = locking;
    this.settings = settings;
    this.sessions = sessions;
    this.uploads = uploads;
    this.listing = listing;
    this.completion = new Completion(uploads, listing);
  }

  @Override
  public StoredObject put(PutRequest request, NewObject object, OncePass pass)
      throws StoreException {
    Attempt attempt = new Attempt(request, object, pass);
    try {
      StoredObject stored = attempt.run();
      if (!attempt.begun && object.lockedUntil().isPresent()) {
        // The lock of the session is that of an earlier time, or none.
        GcsFailures.call(Operation.LOCK, attempt.shown, () -> {
          locking.extend(object.name(), object.lockedUntil().get());
          return stored;
        });
      }
      return stored;
    } catch (StoreException e) {
      StoreException failure = SourceFailures.of(attempt.shown, pass, e);
      attempt.session.leave(failure);
      request.listener().reached(attempt.hasBytes);
      throw failure;
    } finally {
      attempt.session.close();
    }
  }

  /** One attempt at one object. */
  private final class Attempt {
    private final PutRequest request;
    private final NewObject object;
    private final ObjectName name;
    private final String shown;
    private final OncePass pass;
    private final long lengthBytes;
    private final PutSession session;
    private long hasBytes;
    private boolean begun;

    Attempt(PutRequest request, NewObject object, OncePass pass) {
      this.request = request;
      this.object = object;
      this.name = object.name();
      this.shown = settings.keys().shown(name);
      this.pass = pass;
      this.lengthBytes = request.source().lengthBytes();
      this.session = new PutSession(sessions, uploads, name, shown);
    }

    StoredObject run() throws StoreException {
      UploadStatus status = session.resume(lengthBytes);
      if (status instanceof UploadStatus.Done done) {
        if (listing.look(Operation.PUT, name).isPresent()) {
          return completedBefore(done.object());
        }
        // Done once, and removed since.
        status = new UploadStatus.Gone();
      }
      if (status instanceof UploadStatus.Persisted there && there.bytes() > 0) {
        Optional<StoredObject> stored = resumed(there.bytes());
        if (stored.isPresent()) {
          return stored.get();
        }
        session.giveUp();
        status = new UploadStatus.Gone();
      }
      if (!(status instanceof UploadStatus.Persisted)) {
        begin();
      }
      return GcsFailures.call(Operation.PUT, shown, () -> {
        try (SourceWay way = new SourceWay(pass)) {
          return sent(way);
        }
      });
    }

    private void begin() throws StoreException {
      session.forget();
      listing.checkFree(name);
      String address;
      try {
        address = uploads.begin(object, lengthBytes);
      } catch (StoreException e) {
        throw listing.settled(name, e);
      }
      session.begin(lengthBytes, address);
      begun = true;
    }

    /** Resumes after what the store has; empty when that is not what the source begins with. */
    private Optional<StoredObject> resumed(long bytes) throws StoreException {
      OptionalInt noted = session.get().noted(bytes);
      if (bytes >= lengthBytes || noted.isEmpty()) {
        return Optional.empty();
      }
      return GcsFailures.call(Operation.PUT, shown, () -> {
        try (SourceWay way = new SourceWay(pass)) {
          way.skipTo(bytes);
          if (way.crc32c() != noted.getAsInt()) {
            return Optional.empty();
          }
          tell(bytes);
          hasBytes = bytes;
          return Optional.of(sent(way));
        }
      });
    }

    private void tell(long bytes) {
      long partBytes = settings.common().partSizeBytes();
      if (bytes >= partBytes) {
        request
            .listener()
            .resumed(
                Math.toIntExact(bytes / partBytes),
                Math.toIntExact(OncePass.sections(lengthBytes, partBytes)));
      }
    }

    /** An earlier put has sent all of it, and its answer was lost: the object must be this content. */
    private StoredObject completedBefore(ListedObject there) throws StoreException {
      String crc32c = GcsFailures.call(Operation.PUT, shown, () -> {
        try (SourceWay way = new SourceWay(pass)) {
          way.skipTo(lengthBytes);
          return Checksums.text(way.crc32c());
        }
      });
      session.forget();
      if (!there.isSurely(lengthBytes, crc32c)) {
        throw failed(Kind.ALREADY_EXISTS, "the name is taken by another content");
      }
      return there.stored(name);
    }

    private StoredObject sent(SourceWay way) throws IOException {
      long partBytes = settings.common().partSizeBytes();
      long last = (lengthBytes - 1) / GcsSettings.GRAIN_BYTES * GcsSettings.GRAIN_BYTES;
      while (way.at() < last) {
        long from = way.at();
        long to = Math.min(last, (from / partBytes + 1) * partBytes);
        checkPersisted(uploads.send(name, session.get(), from, way.bodyTo(to, session.get())), to);
      }
      return finished(way);
    }

    private void checkPersisted(UploadStatus status, long bytes) throws StoreException {
      if (status instanceof UploadStatus.Done) {
        throw failed(Kind.CORRUPT, "the store confirmed more than it was sent");
      }
      if (status instanceof UploadStatus.Persisted there) {
        hasBytes = there.bytes();
        if (there.bytes() == bytes) {
          return;
        }
      }
      throw brokenOff(status);
    }

    private StoredObject finished(SourceWay way) throws IOException {
      byte[] last = way.take(lengthBytes);
      String crc32c = Checksums.text(way.crc32c());
      UploadStatus status = completion.complete(name, session.get(), last, crc32c);
      if (status instanceof UploadStatus.Done done) {
        if (!done.object().isSurely(lengthBytes, crc32c)) {
          throw failed(Kind.CORRUPT, "the store received other bytes than were sent");
        }
        session.forget();
        return done.object().stored(name);
      }
      throw brokenOff(status);
    }

    private StoreException brokenOff(UploadStatus status) {
      if (status instanceof UploadStatus.Refused refused) {
        // What the store has of it cannot be used.
        session.cancelAfter(refused.why());
        return refused.why();
      }
      if (status instanceof UploadStatus.Persisted there) {
        return failed(
            Kind.UNAVAILABLE,
            "the store kept " + there.bytes() + " bytes only; the next attempt goes on there");
      }
      session.forget();
      return failed(
          Kind.UNAVAILABLE, "the unfinished upload is gone; the next attempt begins anew");
    }

    private StoreException failed(Kind kind, String what) {
      return GcsFailures.failed(Operation.PUT, shown, kind, what);
    }
  }
}
