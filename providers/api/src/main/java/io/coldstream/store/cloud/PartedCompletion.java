package io.coldstream.store.cloud;

import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one call that makes an object of an upload's parts, and what it means when its answer is lost:
 * a listing of the exact name settles that.
 */
final class PartedCompletion {

  private final PartedDriver driver;
  private final Keys keys;
  private final DriverCalls calls;
  private final CloudListing listing;

  PartedCompletion(PartedDriver driver, DriverCalls calls, CloudListing listing) {
    this.driver = driver;
    this.keys = driver.keys();
    this.calls = calls;
    this.listing = listing;
  }

  /**
   * Completes.
   *
   * @param sections how many parts the upload must have; each is known with its checksum
   */
  StoredObject complete(ObjectName name, UnfinishedUpload upload, int sections)
      throws StoreException, UploadGoneException {
    List<Part> parts = new ArrayList<>();
    for (int section = 0; section < sections; section++) {
      parts.add(upload.part(section).orElseThrow());
    }
    boolean again = upload.completing();
    upload.beginCompleting();
    boolean exclusively = driver.traits().createsExclusively();
    StoredObject made;
    try {
      if (!exclusively) {
        listing.checkFree(name);
      }
      made = confirmed(name, upload, driver.complete(upload.id(), parts));
    } catch (UploadGoneException e) {
      if (e.reason() != UploadGoneException.Reason.NO_SUCH_UPLOAD) {
        throw e;
      }
      // Completed by an earlier call whose answer was lost, or by another process that was filling
      // the same upload; or removed by somebody.
      Optional<StoredObject> there = ofThatLength(name, upload.lengthBytes());
      if (there.isEmpty()) {
        throw e;
      }
      return there.get();
    } catch (IOException | RuntimeException e) {
      return settled(name, upload, parts, again, calls.failure(Operation.PUT, keys.shown(name), e));
    }
    if (!exclusively) {
      listing.checkOurs(name, made.version());
    }
    return made;
  }

  private StoredObject settled(
      ObjectName name,
      UnfinishedUpload upload,
      List<Part> parts,
      boolean again,
      StoreException failure)
      throws StoreException {
    boolean lost = failure.kind() == Kind.UNAVAILABLE && !Thread.currentThread().isInterrupted();
    boolean perhapsOurs = failure.kind() == Kind.ALREADY_EXISTS && again;
    Optional<String> version = driver.versionOf(parts);
    if ((!lost && !perhapsOurs) || version.isEmpty()) {
      throw failure;
    }
    Optional<StoredObject> there;
    try {
      there = ofThatLength(name, upload.lengthBytes());
    } catch (StoreException e) {
      failure.addSuppressed(e);
      throw failure;
    }
    return there
        .filter(object -> object.version().equals(version.get()))
        .orElseThrow(() -> failure);
  }

  /** Accepts an answer when the object has the parts' checksum, or at least their length. */
  private StoredObject confirmed(ObjectName name, UnfinishedUpload upload, CompletionAnswer answer)
      throws StoreException {
    String shown = keys.shown(name);
    String version = Confirmations.version(shown, answer.version());
    boolean right = answer.checksumAgrees().isPresent()
        ? answer.checksumAgrees().get()
        : listing.confirmed(name).lengthBytes().orElseThrow() == upload.lengthBytes();
    if (!right) {
      // It is completed, though wrongly: there is nothing to continue.
      upload.lose();
      throw DriverCalls.failed(
          Operation.PUT, shown, Kind.CORRUPT, "the store made something else of the parts");
    }
    return new StoredObject(name, upload.lengthBytes(), version);
  }

  private Optional<StoredObject> ofThatLength(ObjectName name, long lengthBytes)
      throws StoreException {
    return listing
        .look(Operation.PUT, name)
        .map(object -> object.stored(name))
        .filter(object -> object.lengthBytes() == lengthBytes);
  }
}
