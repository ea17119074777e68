package io.coldstream.core.backup.upload;

import io.coldstream.core.backup.capture.Capture;
import io.coldstream.core.backup.capture.Pins;
import io.coldstream.core.backup.capture.SourceFailure;
import io.coldstream.core.backup.capture.SourceFile;
import io.coldstream.core.backup.capture.SourceMoved;
import io.coldstream.core.backup.plan.PlannedObject;
import io.coldstream.core.backup.plan.PlannedObject.Presence;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.events.PutProgress;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.store.Content;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.PutListener;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import java.io.IOException;
import java.util.Optional;

/** Uploads one object, or computes its digest if it exists in the store. Thread-safe. */
final class ObjectUpload {

  private final ObjectStore store;
  private final UploadTally tally;
  private final ProgressNotes notes;
  private final RunListener listener;

  ObjectUpload(ObjectStore store, UploadTally tally, ProgressNotes notes, RunListener listener) {
    this.store = store;
    this.tally = tally;
    this.notes = notes;
    this.listener = listener;
  }

  /**
   * Uploads an object. One that already exists counts as uploaded: its name contains a digest of
   * the content, or this run and capture.
   */
  Void upload(PlannedObject object, Capture capture)
      throws RunException, SourceMoved, InterruptedException {
    DatabaseFile file = object.file();
    try {
      if (file.content().isPresent()) {
        boolean created = put(object, Content.of(file.content().get()), PutListener.NONE);
        remember(object, object.sha256().orElseThrow(), created);
      } else {
        uploadFile(object, capture.pins());
      }
      listener.on(new RunEvent.FileDone(file.fileName(), object.lengthBytes()));
      return null;
    } catch (IOException e) {
      throw SourceFailure.of(e, file.fileName());
    }
  }

  private void uploadFile(PlannedObject object, Pins pins) throws IOException {
    PutProgress sent = new PutProgress(object.file().fileName(), object.lengthBytes(), listener);
    try (SourceFile file = SourceFile.open(
        pins, object.file(), object.fromBytes(), object.toBytes(), object.sha256(), sent::add)) {
      if (object.presence() == Presence.SEND) {
        put(object, file, sent);
        sent.done().ifPresent(resumed -> {
          tally.resumed(resumed.partsThere());
          listener.on(resumed);
        });
      }
      // If the whole source was read, the object exists because of this put, whose first answer
      // was lost.
      Optional<Sha256> approved = file.approved();
      remember(object, approved.isPresent() ? approved.get() : file.digest(), approved.isPresent());
    }
    release(object.file(), pins);
  }

  /** Closes the pin of a stored file. The active chunk stays pinned: it may have more segments. */
  static void release(DatabaseFile file, Pins pins) {
    if (file.kind() != DatabaseFile.Kind.ACTIVE_CHUNK) {
      pins.release(file);
    }
  }

  /** Puts an object; false when it already exists. */
  private boolean put(PlannedObject object, ObjectSource source, PutListener told)
      throws StoreException {
    try {
      store.put(
          new PutRequest(object.name(), source, Layout.placement(object.file().kind()), told));
      return true;
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.ALREADY_EXISTS) {
        return false;
      }
      throw e.kind() == StoreException.Kind.CORRUPT ? notToBeTrusted(object, e) : e;
    }
  }

  /** The next run would see an object of the right length, and take it for intact. */
  private static StoreException notToBeTrusted(PlannedObject object, StoreException failure) {
    return new StoreException(
        StoreException.Kind.CORRUPT,
        failure.getMessage() + "; the object of that name may be damaged: run the next backup"
            + " with --resend " + object.name(),
        failure);
  }

  private void remember(PlannedObject object, Sha256 sha256, boolean created) {
    StoredBytes bytes = new StoredBytes(object.name(), object.lengthBytes(), sha256);
    if (created) {
      tally.added(bytes);
    } else {
      tally.found(bytes);
    }
    notes.add(bytes);
  }
}
