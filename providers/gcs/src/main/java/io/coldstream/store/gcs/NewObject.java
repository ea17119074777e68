package io.coldstream.store.gcs;

import com.google.api.services.storage.model.StorageObject;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.Operation;

/** What is said of an object before its bytes are sent, and what must be said of it after that. */
final class NewObject {

  static final String TYPE = "application/octet-stream";

  private NewObject() {}

  /** Name, type and, for what only a restore reads, the storage class. */
  static StorageObject of(GcsSettings settings, PutRequest request) {
    StorageObject object =
        new StorageObject().setName(settings.keys().key(request.name())).setContentType(TYPE);
    return request.placement() == Placement.BULK
        ? object.setStorageClass(settings.common().storageClass().orElse(null))
        : object;
  }

  /** Compares what the store says that it has with what it was sent. */
  static Confirmed confirmed(String shown, PutRequest request, Confirmed object, String crc32c)
      throws StoreException {
    if (!object.isSurely(request.source().lengthBytes(), crc32c)) {
      throw GcsFailures.failed(
          Operation.PUT, shown, Kind.CORRUPT, "the store received other bytes than were sent");
    }
    return object;
  }

  /** The failure of a request whose answer says that it is done, and not what is there. */
  static StoreException untold(String shown) {
    return GcsFailures.failed(
        Operation.PUT, shown, Kind.UNAVAILABLE, "the store's answer tells of no object");
  }
}
