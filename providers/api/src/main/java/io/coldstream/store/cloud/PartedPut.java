package io.coldstream.store.cloud;

import io.coldstream.store.ObjectName;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.spi.OncePass;
import io.coldstream.store.spi.StoreTools;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Creates an object in parts, several at once as far as there is memory for them, and makes it visible
 * by one completing call after the source's pass has approved it.
 *
 * <p>The next put of the same name and content continues an upload that broke off: in the same
 * process, which remembers it, or in any other, which finds it on the store ({@link UploadSearch}).
 * What the store has is compared while the source streams by, and only what is missing is sent. An
 * upload with a part that differs belongs to other content: a new one is begun, and nothing of it
 * used.
 *
 * <p>An upload is aborted when its source is wrong or has changed; when the name exists, so that it
 * can never be completed, only if this process began it. Any other is left to the process that
 * fills it, and to the sweep.
 */
public final class PartedPut implements BigPut {

  private final PartedDriver driver;
  private final Keys keys;
  private final DriverCalls calls;
  private final CloudListing listing;
  private final SectionSender sender;
  private final PartedCompletion completion;
  private final UnfinishedUploads unfinished = new UnfinishedUploads();
  private final UploadSearch search;

  /**
   * Puts by a driver.
   *
   * @param driver makes the calls
   * @param listing looks names up
   * @param tools the threads and the memory that all puts share
   */
  public PartedPut(PartedDriver driver, CloudListing listing, StoreTools tools) {
    this.driver = driver;
    this.keys = driver.keys();
    this.calls = new DriverCalls(driver);
    this.listing = listing;
    this.sender = new SectionSender(tools);
    this.completion = new PartedCompletion(driver, calls, listing);
    this.search = new UploadSearch(driver, calls, unfinished);
  }

  @Override
  public StoredObject put(PutRequest request, NewObject object, OncePass pass)
      throws StoreException {
    UnfinishedUpload upload = begun(request, object, pass);
    while (true) {
      Optional<StoredObject> stored = filled(request, upload, pass);
      if (stored.isPresent()) {
        lock(object, upload);
        return stored.get();
      }
      setAside(request.name(), upload);
      // A new upload has no parts of other content: this ends the loop.
      upload = create(request, object, pass);
    }
  }

  private UnfinishedUpload begun(PutRequest request, NewObject object, OncePass pass)
      throws StoreException {
    ObjectName name = request.name();
    Optional<UnfinishedUpload> kept = unfinished.take(name);
    if (kept.isPresent()) {
      if (continues(request, kept.get(), pass)) {
        return kept.get();
      }
      setAside(name, kept.get());
    }
    listing.checkFree(name);
    Optional<UnfinishedUpload> found = search.find(request, object, pass.lengthOf(0), pass);
    return found.isPresent() ? found.get() : create(request, object, pass);
  }

  private boolean continues(PutRequest request, UnfinishedUpload kept, OncePass pass)
      throws StoreException {
    if (!kept.fits(request.source().lengthBytes(), pass.lengthOf(0))) {
      return false;
    }
    try {
      return !kept.doubtful() || search.refresh(keys.shown(request.name()), kept, pass);
    } catch (StoreException e) {
      unfinished.keep(request.name(), kept);
      throw e;
    }
  }

  private UnfinishedUpload create(PutRequest request, NewObject object, OncePass pass)
      throws StoreException {
    String shown = keys.shown(object.name());
    String id = calls.call(Operation.PUT, shown, () -> driver.begin(object));
    if (id.isEmpty()) {
      throw DriverCalls.failed(
          Operation.PUT, shown, Kind.UNAVAILABLE, "the store's answer names no upload");
    }
    return UnfinishedUpload.created(
        new UploadId(keys.key(object.name()), id),
        request.source().lengthBytes(),
        pass.lengthOf(0),
        object.lockedUntil());
  }

  /** An upload that was begun earlier gives its object the lock of that time, or none. */
  private void lock(NewObject object, UnfinishedUpload upload) throws StoreException {
    Optional<Instant> until = object.lockedUntil().filter(end -> !upload.locksUntil(end));
    if (until.isPresent()) {
      new CloudLocks(driver, calls).extend(object.name(), until.get());
    }
  }

  /**
   * Sends what is missing, and completes.
   *
   * @return the object; empty when the upload cannot become one, and a new one can
   */
  private Optional<StoredObject> filled(PutRequest request, UnfinishedUpload upload, OncePass pass)
      throws StoreException {
    ObjectName name = request.name();
    String shown = keys.shown(name);
    try {
      sender.send(pass, new PartTarget(driver, calls, shown, upload), request.listener());
      return Optional.of(completion.complete(name, upload, pass.sections()));
    } catch (UploadGoneException e) {
      StoreException failure = e.failure(Operation.PUT, shown);
      leave(name, upload, e.reason(), failure);
      throw failure;
    } catch (IOException e) {
      StoreException failure =
          SourceFailures.of(shown, pass, calls.failure(Operation.PUT, shown, e));
      if (pass.failure().isEmpty() && (upload.foreign() || refusedAsFound(upload, failure))) {
        return Optional.empty();
      }
      leave(name, upload, failure);
      throw failure;
    }
  }

  /** It was begun with other settings than this process has: the listing does not show all of them. */
  private static boolean refusedAsFound(UnfinishedUpload upload, StoreException failure) {
    return !upload.createdHere() && failure.kind() == Kind.REJECTED;
  }

  /** What becomes of an upload that does not belong to this content, or no longer. */
  private void setAside(ObjectName name, UnfinishedUpload upload) throws StoreException {
    if (upload.createdHere()) {
      abort(name, upload);
    }
  }

  private void abort(ObjectName name, UnfinishedUpload upload) throws StoreException {
    calls.call(Operation.PUT, keys.shown(name), () -> driver.end(upload.id()));
  }

  /** What becomes of an upload that the completing call was refused for. */
  private void leave(
      ObjectName name,
      UnfinishedUpload upload,
      UploadGoneException.Reason reason,
      StoreException failure) {
    switch (reason) {
      case NO_SUCH_UPLOAD -> upload.lose();
      case OTHER_PART -> {
        if (upload.doubtedBefore()) {
          // Its parts are correct: something else is wrong with it.
          abandon(name, upload, failure);
        } else {
          upload.doubt();
          unfinished.keep(name, upload);
        }
      }
      // The store wants it begun from scratch, from its first part.
      case CONFLICT -> abandon(name, upload, failure);
    }
  }

  private void abandon(ObjectName name, UnfinishedUpload upload, StoreException failure) {
    if (upload.createdHere()) {
      abort(name, upload, failure);
    } else {
      unfinished.giveUp(upload);
    }
  }

  /** What becomes of an upload that was not completed. */
  private void leave(ObjectName name, UnfinishedUpload upload, StoreException failure) {
    switch (failure.kind()) {
      case SOURCE_UNREADABLE -> {
        if (upload.ours()) {
          abort(name, upload, failure);
        }
      }
      case ALREADY_EXISTS, REJECTED -> {
        if (upload.createdHere()) {
          abort(name, upload, failure);
        }
      }
      case UNAVAILABLE, ACCESS_DENIED, CORRUPT, NOT_FOUND, LOCKED -> {
        if (!upload.gone()) {
          unfinished.keep(name, upload);
        }
      }
    }
  }

  private void abort(ObjectName name, UnfinishedUpload upload, StoreException failure) {
    try {
      abort(name, upload);
    } catch (StoreException e) {
      // A sweep removes it; what matters is why the put failed.
      failure.addSuppressed(e);
    }
  }
}
