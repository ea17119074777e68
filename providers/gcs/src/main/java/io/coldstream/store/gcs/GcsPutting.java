package io.coldstream.store.gcs;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.StorageObject;
import io.coldstream.store.OncePass;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.cloud.SourceFailures;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Creates objects: small ones in one request, others through a {@linkplain ResumablePut session that
 * can be gone on with}.
 */
final class GcsPutting {

  private static final long MAX_AT_ONCE_BYTES = 1 << 20;
  private static final long LARGEST_BYTES = 5L << 40;

  private final Storage client;
  private final GcsSettings settings;
  private final GcsListing listing;
  private final ResumablePut resumable;

  GcsPutting(
      GcsSettings settings, GcsConnection connection, GcsListing listing, ResumablePut resumable) {
    this.client = connection.client();
    this.settings = settings;
    this.listing = listing;
    this.resumable = resumable;
  }

  StoredObject put(PutRequest request) throws StoreException {
    String shown = settings.keys().shown(request.name());
    long lengthBytes = request.source().lengthBytes();
    if (lengthBytes > LARGEST_BYTES) {
      throw GcsFailures.failed(
          Operation.PUT, shown, Kind.REJECTED, lengthBytes + " bytes are more than it can hold");
    }
    // One section: the source is read from its start to its end, whatever part of it goes where.
    try (OncePass pass = new OncePass(request.source(), Math.max(1, lengthBytes))) {
      try {
        return lengthBytes <= Math.min(MAX_AT_ONCE_BYTES, settings.common().partSizeBytes())
            ? putAtOnce(request, shown, pass)
            : resumable.put(request, pass);
      } catch (StoreException e) {
        throw SourceFailures.of(shown, pass, e);
      }
    }
  }

  private StoredObject putAtOnce(PutRequest request, String shown, OncePass pass)
      throws StoreException {
    byte[] bytes = GcsFailures.call(Operation.PUT, shown, () -> read(pass));
    if (Thread.currentThread().isInterrupted()) {
      throw GcsFailures.failed(Operation.PUT, shown, Kind.UNAVAILABLE, "interrupted");
    }
    String crc32c = Checksums.text(pass.checksum(0));
    StorageObject told = listing.settling(request.name(), () -> {
      Storage.Objects.Insert insert = client
          .objects()
          .insert(
              settings.keys().bucket(),
              NewObject.of(settings, request).setCrc32c(crc32c),
              new ByteArrayContent(NewObject.TYPE, bytes))
          .setIfGenerationMatch(0L)
          .setKmsKeyName(settings.kmsKey().orElse(null))
          .setUserProject(settings.project().orElse(null));
      insert.setFields(Confirmed.FIELDS).setDisableGZipContent(true);
      insert.getMediaHttpUploader().setDirectUploadEnabled(true);
      return insert.execute();
    });
    Confirmed object = Optional.ofNullable(told)
        .flatMap(o -> Confirmed.of(request.name(), o))
        .orElseThrow(() -> NewObject.untold(shown));
    return NewObject.confirmed(shown, request, object, crc32c).object();
  }

  private static byte[] read(OncePass pass) throws IOException {
    try (InputStream in = pass.open(0)) {
      return in.readNBytes((int) pass.lengthOf(0));
    }
  }
}
