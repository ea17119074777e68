package io.coldstream.store.gcs;

import com.google.api.services.storage.model.StorageObject;
import io.coldstream.store.Placement;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.ListedObject;
import io.coldstream.store.cloud.NewObject;
import io.coldstream.store.cloud.Operation;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** What is said of an object before its bytes are sent, and what the store says of one. */
final class GcsObject {

  static final String TYPE = "application/octet-stream";

  /** The fields that {@link #listed} reads. */
  static final String FIELDS = "name,size,generation,crc32c,timeCreated";

  private GcsObject() {}

  /** Name, type, lock and, for what only a restore reads, the storage class. */
  static StorageObject of(GcsSettings settings, NewObject object) {
    StorageObject told =
        new StorageObject().setName(settings.keys().key(object.name())).setContentType(TYPE);
    object.lockedUntil().ifPresent(until -> told.setRetention(GcsLocks.retention(settings, until)));
    return object.placement() == Placement.BULK
        ? told.setStorageClass(settings.common().storageClass().orElse(null))
        : told;
  }

  /** What the store says of an object; its key is empty where it does not tell it. */
  static ListedObject listed(StorageObject told) {
    boolean sized = told.getSize() != null && told.getSize().signum() >= 0;
    return new ListedObject(
        Optional.ofNullable(told.getName()).orElse(""),
        sized ? OptionalLong.of(told.getSize().longValueExact()) : OptionalLong.empty(),
        Optional.ofNullable(told.getGeneration()).map(String::valueOf),
        Optional.ofNullable(told.getCrc32c()),
        Optional.empty(),
        Optional.ofNullable(told.getTimeCreated())
            .map(time -> Instant.ofEpochMilli(time.getValue())));
  }

  /** The failure of a request whose answer says that it is done, and not what is there. */
  static StoreException untold(String shown) {
    return GcsFailures.failed(
        Operation.PUT, shown, Kind.UNAVAILABLE, "the store's answer tells of no object");
  }
}
