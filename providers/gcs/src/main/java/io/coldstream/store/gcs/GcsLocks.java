package io.coldstream.store.gcs;

import com.google.api.client.util.DateTime;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.StorageObject;
import io.coldstream.store.ObjectName;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.spi.LockSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Object retention: what an object is made with, and the calls about the retention of an object. */
final class GcsLocks {

  private final Storage client;
  private final GcsSettings settings;
  private final Keys keys;

  GcsLocks(Storage client, GcsSettings settings) {
    this.client = client;
    this.settings = settings;
    this.keys = settings.keys();
  }

  /** A retention of the configured mode. */
  static StorageObject.Retention retention(GcsSettings settings, Instant until) {
    LockSettings.Mode mode = settings.common().lockMode();
    return new StorageObject.Retention()
        .setMode(
            switch (mode) {
              case GOVERNANCE -> "Unlocked";
              case COMPLIANCE -> "Locked";
            })
        .setRetainUntilTime(new DateTime(until.toEpochMilli(), 0));
  }

  void extend(ObjectName name, Instant until) throws IOException {
    client
        .objects()
        .patch(
            keys.bucket(),
            keys.key(name),
            new StorageObject().setRetention(retention(settings, until)))
        .setUserProject(settings.project().orElse(null))
        .setFields("name")
        .execute();
  }

  Optional<Instant> lockedUntil(ObjectName name) throws IOException {
    StorageObject told = client
        .objects()
        .get(keys.bucket(), keys.key(name))
        .setUserProject(settings.project().orElse(null))
        .setFields("name,retention")
        .execute();
    return Optional.ofNullable(told.getRetention())
        .map(StorageObject.Retention::getRetainUntilTime)
        .map(end -> Instant.ofEpochMilli(end.getValue()));
  }
}
