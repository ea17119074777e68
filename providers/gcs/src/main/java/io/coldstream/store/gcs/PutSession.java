package io.coldstream.store.gcs;

import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.Operation;
import java.util.Optional;

/**
 * The upload session that one put uses: an earlier put left it, or this put begins it. It is kept for
 * the next put, forgotten, or cancelled, depending on how this put ends.
 */
final class PutSession {

  private final Sessions sessions;
  private final SessionRequests uploads;
  private final ObjectName name;
  private final String shown;
  private Optional<UploadSession> open = Optional.empty();

  PutSession(Sessions sessions, SessionRequests uploads, ObjectName name, String shown) {
    this.sessions = sessions;
    this.uploads = uploads;
    this.name = name;
    this.shown = shown;
  }

  /** Opens the session that an earlier put left; what the store says of it, Gone where none is left. */
  UploadStatus resume(long lengthBytes) throws StoreException {
    open = sessions.take(name);
    if (open.isEmpty()) {
      return new UploadStatus.Gone();
    }
    if (get().lengthBytes() != lengthBytes) {
      giveUp();
      return new UploadStatus.Gone();
    }
    return uploads.ask(name, get());
  }

  /** Opens a session that the store has just begun. */
  void begin(long lengthBytes, String address) {
    open = Optional.of(sessions.begin(name, lengthBytes, address));
  }

  /** The open session; one must be open. */
  UploadSession get() {
    return open.orElseThrow();
  }

  /** After a put that failed: cancels a session that can never become the object, keeps another. */
  void leave(StoreException failure) {
    switch (failure.kind()) {
      case SOURCE_UNREADABLE, ALREADY_EXISTS, CORRUPT, REJECTED -> cancelAfter(failure);
      case UNAVAILABLE, ACCESS_DENIED, NOT_FOUND, LOCKED -> close();
    }
  }

  /** Cancels because of a failure, which is still what matters when cancelling fails, too. */
  void cancelAfter(StoreException failure) {
    try {
      cancel();
    } catch (StoreException e) {
      // The session expires by itself.
      failure.addSuppressed(e);
      forget();
    }
  }

  /** Cancels if this identity is allowed to; otherwise the session expires by itself. */
  void giveUp() throws StoreException {
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
      uploads.cancel(Operation.PUT, shown, get());
      forget();
    }
  }

  /** Nothing of the session can be resumed. */
  void forget() {
    open.ifPresent(UploadSession::forget);
    close();
  }

  /** Leaves the session to the next put of the object, unless it was forgotten. */
  void close() {
    open.ifPresent(UploadSession::close);
    open = Optional.empty();
  }
}
