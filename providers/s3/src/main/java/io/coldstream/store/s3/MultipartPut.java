package io.coldstream.store.s3;

import io.coldstream.store.ObjectName;
import io.coldstream.store.OncePass;
import io.coldstream.store.Placement;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.adapter.Keys;
import io.coldstream.store.adapter.Operation;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Creates an object in parts, one after the other, and makes it visible by one completing call after
 * the source's pass has approved of it.
 *
 * <p>An upload that breaks off because the store fails is kept, and the next put of that name sends
 * only what is missing; the source is read from its start again, and what the store has must equal
 * it. An upload is aborted when its source is wrong, when another content comes under its name, and
 * when the name is taken, since then it can never be completed.
 */
final class MultipartPut {

  private final S3Client client;
  private final Keys keys;
  private final boolean checksums;
  private final ObjectKind kind;
  private final S3Listing listing;
  private final S3Removal removal;
  private final UnfinishedUploads unfinished = new UnfinishedUploads();

  MultipartPut(
      S3Client client, S3Settings settings, ObjectKind kind, S3Listing listing, S3Removal removal) {
    this.client = client;
    this.keys = settings.keys();
    this.checksums = settings.checksums() == S3Settings.Checksums.ALWAYS;
    this.kind = kind;
    this.listing = listing;
    this.removal = removal;
  }

  StoredObject put(
      ObjectName name, long lengthBytes, long partBytes, Placement placement, OncePass pass)
      throws StoreException {
    UnfinishedUpload upload = begun(name, lengthBytes, partBytes, placement);
    try {
      if (!holdsOnly(upload, pass, keys.shown(name))) {
        removal.abort(Operation.PUT, name, upload.id());
        upload = new UnfinishedUpload(create(name, placement), lengthBytes, partBytes);
      }
      while (upload.parts().size() < pass.sections()) {
        upload.stored(sendPart(name, upload, pass));
      }
      return complete(name, lengthBytes, upload);
    } catch (StoreException e) {
      StoreException failure = S3Failures.ofSource(keys.shown(name), pass, e);
      leave(name, upload, failure);
      throw failure;
    } catch (S3Failures.UploadGone e) {
      throw begunAnewNextTime(name, upload, e);
    }
  }

  /** S3 wants an upload that met a conflict to be begun anew, from its first part. */
  private StoreException begunAnewNextTime(
      ObjectName name, UnfinishedUpload upload, S3Failures.UploadGone gone) {
    String what = gone.conflict()
        ? "another writer of this name was in the way"
        : "the unfinished upload is gone";
    StoreException failure = S3Failures.failed(
        Operation.PUT, keys.shown(name), Kind.UNAVAILABLE, what + "; the next attempt begins anew");
    if (gone.conflict()) {
      abort(name, upload, failure);
    }
    return failure;
  }

  private UnfinishedUpload begun(
      ObjectName name, long lengthBytes, long partBytes, Placement placement)
      throws StoreException {
    Optional<UnfinishedUpload> kept = unfinished.take(name);
    if (kept.isPresent()) {
      if (kept.get().fits(lengthBytes, partBytes)) {
        return kept.get();
      }
      removal.abort(Operation.PUT, name, kept.get().id());
    } else if (listing.look(Operation.PUT, name).isPresent()) {
      // Only the completing call would find it out, after everything was sent.
      throw S3Failures.failed(
          Operation.PUT, keys.shown(name), Kind.ALREADY_EXISTS, "the name is taken");
    }
    return new UnfinishedUpload(create(name, placement), lengthBytes, partBytes);
  }

  /** Feeds the pass what is stored already, and compares. */
  private boolean holdsOnly(UnfinishedUpload upload, OncePass pass, String shown)
      throws StoreException {
    for (int i = 0; i < upload.parts().size(); i++) {
      try {
        pass.open(i).transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        throw S3Failures.translated(Operation.PUT, shown, e);
      }
      if (pass.checksum(i) != upload.parts().get(i).checksum()) {
        return false;
      }
    }
    return true;
  }

  private String create(ObjectName name, Placement placement) throws StoreException {
    CreateMultipartUploadRequest.Builder request =
        CreateMultipartUploadRequest.builder().bucket(keys.bucket()).key(keys.key(name));
    kind.applyTo(request, placement);
    if (checksums) {
      request.checksumAlgorithm(ChecksumAlgorithm.CRC32_C);
    }
    return S3Failures.call(
            Operation.PUT, keys.shown(name), () -> client.createMultipartUpload(request.build()))
        .uploadId();
  }

  private UnfinishedUpload.Part sendPart(ObjectName name, UnfinishedUpload upload, OncePass pass)
      throws StoreException, S3Failures.UploadGone {
    int section = upload.parts().size();
    String shown = keys.shown(name);
    UploadPartRequest.Builder request = UploadPartRequest.builder()
        .bucket(keys.bucket())
        .key(keys.key(name))
        .uploadId(upload.id())
        .partNumber(section + 1);
    if (checksums) {
      request.checksumAlgorithm(ChecksumAlgorithm.CRC32_C);
    } else {
      request.contentMD5(S3Putting.md5(shown, pass, section));
    }
    UploadPartResponse answer = S3Failures.callOnUpload(
        Operation.PUT,
        shown,
        () -> client.uploadPart(request.build(), S3Putting.body(pass, section)));
    S3Putting.checkEtag(shown, answer.eTag());
    S3Putting.checkReceived(shown, answer.checksumCRC32C(), pass, section);
    return new UnfinishedUpload.Part(Etags.version(answer.eTag()), pass.checksum(section));
  }

  private StoredObject complete(ObjectName name, long lengthBytes, UnfinishedUpload upload)
      throws StoreException, S3Failures.UploadGone {
    boolean again = upload.completing();
    upload.beginCompleting();
    try {
      CompleteMultipartUploadResponse answer = S3Failures.callOnUpload(
          Operation.PUT,
          keys.shown(name),
          () -> client.completeMultipartUpload(b -> b.bucket(keys.bucket())
              .key(keys.key(name))
              .uploadId(upload.id())
              .ifNoneMatch("*")
              .multipartUpload(completed(upload))));
      S3Putting.checkEtag(keys.shown(name), answer.eTag());
      return new StoredObject(name, lengthBytes, Etags.version(answer.eTag()));
    } catch (S3Failures.UploadGone e) {
      if (e.conflict()) {
        throw e;
      }
      // Completed by an earlier call whose answer was lost, or removed by somebody.
      return listing
          .look(Operation.PUT, name)
          .filter(o -> o.lengthBytes() == lengthBytes)
          .orElseThrow(() -> e);
    } catch (StoreException e) {
      boolean lost = e.kind() == Kind.UNAVAILABLE && !Thread.currentThread().isInterrupted();
      boolean perhapsOurs = e.kind() == Kind.ALREADY_EXISTS && again;
      if (lost || perhapsOurs) {
        return surelyOurs(name, lengthBytes, upload, e);
      }
      throw e;
    }
  }

  /** What stands under the name, when its length and ETag are those of our parts. */
  private StoredObject surelyOurs(
      ObjectName name, long lengthBytes, UnfinishedUpload upload, StoreException otherwise)
      throws StoreException {
    try {
      String etag = Digests.etagOf(upload.parts());
      return listing
          .look(Operation.PUT, name)
          .filter(o -> o.lengthBytes() == lengthBytes && o.version().equals(etag))
          .orElseThrow(() -> otherwise);
    } catch (StoreException e) {
      if (e != otherwise) {
        otherwise.addSuppressed(e);
      }
      throw otherwise;
    }
  }

  private CompletedMultipartUpload completed(UnfinishedUpload upload) {
    List<CompletedPart> parts = new ArrayList<>();
    for (UnfinishedUpload.Part part : upload.parts()) {
      CompletedPart.Builder completed =
          CompletedPart.builder().partNumber(parts.size() + 1).eTag(Etags.header(part.etag()));
      if (checksums) {
        completed.checksumCRC32C(Digests.crc32c(part.checksum()));
      }
      parts.add(completed.build());
    }
    return CompletedMultipartUpload.builder().parts(parts).build();
  }

  /** What becomes of an upload that was not completed. */
  private void leave(ObjectName name, UnfinishedUpload upload, StoreException failure) {
    switch (failure.kind()) {
      case SOURCE_UNREADABLE, ALREADY_EXISTS -> abort(name, upload, failure);
      case UNAVAILABLE, ACCESS_DENIED, CORRUPT, NOT_FOUND -> unfinished.keep(name, upload);
      case REJECTED -> {
        // It will be rejected again: forgotten here, and left to the sweep.
      }
    }
  }

  private void abort(ObjectName name, UnfinishedUpload upload, StoreException failure) {
    try {
      removal.abort(Operation.PUT, name, upload.id());
    } catch (StoreException e) {
      // The sweep will do it; what matters is why the put failed.
      failure.addSuppressed(e);
    }
  }
}
