package io.coldstream.store.cloud;

import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.spi.OncePass;
import io.coldstream.store.spi.StoreTools;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Creates objects: in one request when they are not longer than a part, otherwise by the driver's
 * {@link BigPut}. Bodies stream from the source.
 */
final class CloudPutting {

  private final CloudDriver driver;
  private final Keys keys;
  private final CloudTraits traits;
  private final DriverCalls calls;
  private final CloudListing listing;
  private final CloudLocks locks;
  private final BigPut bigPut;

  CloudPutting(
      CloudDriver driver,
      DriverCalls calls,
      CloudListing listing,
      CloudLocks locks,
      StoreTools tools) {
    this.locks = locks;
    this.driver = driver;
    this.keys = driver.keys();
    this.traits = driver.traits();
    this.calls = calls;
    this.listing = listing;
    this.bigPut = driver.bigPut(listing, tools);
  }

  StoredObject put(PutRequest request) throws StoreException {
    String shown = keys.shown(request.name());
    long lengthBytes = request.source().lengthBytes();
    OptionalLong partBytes = traits.parts().partBytesOf(lengthBytes);
    if (partBytes.isEmpty()) {
      throw DriverCalls.failed(
          Operation.PUT,
          shown,
          Kind.REJECTED,
          lengthBytes + " bytes are more than the store can hold");
    }
    NewObject object = new NewObject(
        request.name(),
        request.placement(),
        request.lockedUntil(),
        UUID.randomUUID().toString());
    try (OncePass pass = new OncePass(request.source(), partBytes.getAsLong())) {
      try {
        return traits.parts().isOneRequest(lengthBytes, partBytes.getAsLong())
            ? putAtOnce(object, new WholeBody(pass))
            : bigPut.put(request, object, pass);
      } catch (StoreException e) {
        return settled(object, lengthBytes, locks.ofPut(object, SourceFailures.of(shown, pass, e)));
      }
    }
  }

  private StoredObject putAtOnce(NewObject object, SectionBody body) throws StoreException {
    String shown = keys.shown(object.name());
    if (!traits.createsExclusively()) {
      listing.checkFree(object.name());
    }
    CountedBody counted = new CountedBody(body);
    PutAnswer answer;
    try {
      answer = calls.call(Operation.PUT, shown, () -> driver.put(object, counted));
    } catch (StoreException e) {
      throw traits.deniesTakenNames() && !traits.marksPuts()
          ? listing.settled(object.name(), e)
          : e;
    }
    String version = Confirmations.version(shown, answer.version());
    Confirmations.checkSent(shown, counted);
    Confirmations.checkReceived(shown, answer.crc32c(), body);
    if (answer.lengthBytes().orElse(body.lengthBytes()) != body.lengthBytes()) {
      throw Confirmations.otherBytes(shown);
    }
    if (answer.doubt().isPresent()) {
      checkLength(object, shown, body.lengthBytes(), answer.doubt().get());
    }
    if (!traits.createsExclusively()) {
      listing.checkOurs(object.name(), version);
    }
    return new StoredObject(object.name(), body.lengthBytes(), version);
  }

  private void checkLength(NewObject object, String shown, long lengthBytes, String doubt)
      throws StoreException {
    long listedBytes = listing.confirmed(object.name()).lengthBytes().orElseThrow();
    if (listedBytes != lengthBytes) {
      throw DriverCalls.failed(
          Operation.PUT,
          shown,
          Kind.CORRUPT,
          "the store made " + listedBytes + " bytes of the " + lengthBytes + " that it was sent; "
              + doubt);
    }
  }

  /**
   * Where the answer does not tell whether the object was created, the listing does, on a store whose
   * listing tells the mark of the put.
   */
  private StoredObject settled(NewObject object, long lengthBytes, StoreException failure)
      throws StoreException {
    // An identity that may create but not overwrite is denied when the name exists.
    boolean perhapsTaken = traits.deniesTakenNames() && failure.kind() == Kind.ACCESS_DENIED;
    if (!traits.marksPuts()
        || (failure.kind() != Kind.UNAVAILABLE && !perhapsTaken)
        || Thread.currentThread().isInterrupted()) {
      throw failure;
    }
    Optional<ListedObject> found;
    try {
      found = listing.look(Operation.PUT, object.name());
    } catch (StoreException e) {
      failure.addSuppressed(e);
      throw failure;
    }
    if (found.isEmpty()) {
      throw failure;
    }
    if (!perhapsTaken && found.get().mark().equals(Optional.of(object.mark()))) {
      StoredObject stored = found.get().stored(object.name());
      if (stored.lengthBytes() == lengthBytes) {
        return stored;
      }
      throw failure;
    }
    throw listing.taken(object.name());
  }
}
