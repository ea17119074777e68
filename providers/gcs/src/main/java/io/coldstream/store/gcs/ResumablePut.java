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
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Creates an object through a session: one stretch after the other streams from the source, and the
 * last bytes, sent after the source's pass has approved, make the object visible.
 *
 * <p>A session that breaks off because the store fails is kept, and the next put of that object goes
 * on where the store stands; the source is read from its start again, and what the store has must
 * equal it. A session is cancelled when its source is wrong, when another content comes under its
 * name, and when the name is taken, since then it can never be completed.
 */
final class ResumablePut implements BigPut {

  private final GcsSettings settings;
  private final Sessions sessions;
  private final SessionRequests uploads;
  private final CloudListing listing;
  private final Completion completion;

  ResumablePut(
      GcsSettings settings, Sessions sessions, SessionRequests uploads, CloudListing listing) {
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
      return attempt.run();
    } catch (StoreException e) {
      StoreException failure = SourceFailures.of(attempt.shown, pass, e);
      attempt.leave(failure);
      request.listener().reached(attempt.hasBytes);
      throw failure;
    } finally {
      attempt.end();
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
    private Optional<UploadSession> open = Optional.empty();
    private long hasBytes;

    Attempt(PutRequest request, NewObject object, OncePass pass) {
      this.request = request;
      this.object = object;
      this.name = object.name();
      this.shown = settings.keys().shown(name);
      this.pass = pass;
      this.lengthBytes = request.source().lengthBytes();
    }

    StoredObject run() throws StoreException {
      open = sessions.take(name);
      UploadStatus status = open.isPresent() ? found() : new UploadStatus.Gone();
      if (status instanceof UploadStatus.Done done) {
        if (listing.look(Operation.PUT, name).isPresent()) {
          return doneBefore(done.object());
        }
        // Done once, and removed since.
        status = new UploadStatus.Gone();
      }
      if (status instanceof UploadStatus.Persisted there && there.bytes() > 0) {
        Optional<StoredObject> stored = goneOnWith(there.bytes());
        if (stored.isPresent()) {
          return stored.get();
        }
        giveUp();
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

    /** What became of a session that an earlier put had begun. */
    private UploadStatus found() throws StoreException {
      if (session().lengthBytes() != lengthBytes) {
        giveUp();
        return new UploadStatus.Gone();
      }
      return uploads.ask(name, session());
    }

    private UploadSession session() {
      return open.orElseThrow();
    }

    private void begin() throws StoreException {
      forget();
      listing.checkFree(name);
      String address;
      try {
        address = uploads.begin(object, lengthBytes);
      } catch (StoreException e) {
        throw listing.settled(name, e);
      }
      open = Optional.of(sessions.begin(name, lengthBytes, address));
    }

    /** Goes on behind what the store has; empty when that is not what the source begins with. */
    private Optional<StoredObject> goneOnWith(long bytes) throws StoreException {
      OptionalInt noted = session().noted(bytes);
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

    /** An earlier put has sent all of it, and was not told: what is there must be this content. */
    private StoredObject doneBefore(ListedObject there) throws StoreException {
      String crc32c = GcsFailures.call(Operation.PUT, shown, () -> {
        try (SourceWay way = new SourceWay(pass)) {
          way.skipTo(lengthBytes);
          return Checksums.text(way.crc32c());
        }
      });
      forget();
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
        goesOn(uploads.send(name, session(), from, way.bodyTo(to, session())), to);
      }
      return finished(way);
    }

    private void goesOn(UploadStatus status, long bytes) throws StoreException {
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
      UploadStatus status = completion.complete(name, session(), last, crc32c);
      if (status instanceof UploadStatus.Done done) {
        if (!done.object().isSurely(lengthBytes, crc32c)) {
          throw failed(Kind.CORRUPT, "the store received other bytes than were sent");
        }
        forget();
        return done.object().stored(name);
      }
      throw brokenOff(status);
    }

    private StoreException brokenOff(UploadStatus status) {
      if (status instanceof UploadStatus.Refused refused) {
        // What the store has of it is of no use.
        cancelAfter(refused.why());
        return refused.why();
      }
      if (status instanceof UploadStatus.Persisted there) {
        return failed(
            Kind.UNAVAILABLE,
            "the store kept " + there.bytes() + " bytes only; the next attempt goes on there");
      }
      forget();
      return failed(
          Kind.UNAVAILABLE, "the unfinished upload is gone; the next attempt begins anew");
    }

    /** What becomes of the session of a put that failed. */
    void leave(StoreException failure) {
      switch (failure.kind()) {
        case SOURCE_UNREADABLE, ALREADY_EXISTS, CORRUPT, REJECTED -> cancelAfter(failure);
        case UNAVAILABLE, ACCESS_DENIED, NOT_FOUND -> end();
      }
    }

    private void cancelAfter(StoreException failure) {
      try {
        cancel();
      } catch (StoreException e) {
        // It expires by itself; what matters is why the put failed.
        failure.addSuppressed(e);
        forget();
      }
    }

    /** Cancels, as far as this identity may; what is left expires by itself. */
    private void giveUp() throws StoreException {
      try {
        cancel();
      } catch (StoreException e) {
        if (e.kind() == Kind.UNAVAILABLE) {
          throw e;
        }
        forget();
      }
    }

    private void cancel() throws StoreException {
      if (open.isPresent()) {
        uploads.cancel(Operation.PUT, shown, session());
        forget();
      }
    }

    private void forget() {
      open.ifPresent(UploadSession::forget);
      end();
    }

    void end() {
      open.ifPresent(UploadSession::close);
      open = Optional.empty();
    }

    private StoreException failed(Kind kind, String what) {
      return GcsFailures.failed(Operation.PUT, shown, kind, what);
    }
  }
}
