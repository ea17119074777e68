package io.coldstream.store.s3;

import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.cloud.Etags;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.cloud.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * The one call that makes an object of an upload's parts, and what it means when its answer is lost:
 * a listing of the exact name settles that.
 */
final class Completion {

  private final S3Client client;
  private final S3Settings settings;
  private final Keys keys;
  private final S3Listing listing;

  Completion(S3Client client, S3Settings settings, S3Listing listing) {
    this.client = client;
    this.settings = settings;
    this.keys = settings.keys();
    this.listing = listing;
  }

  /**
   * Completes.
   *
   * @param sections how many parts the upload must have; each is known with its checksum
   */
  StoredObject complete(ObjectName name, UnfinishedUpload upload, int sections)
      throws StoreException, S3Failures.UploadGone {
    List<UnfinishedUpload.Part> parts = new ArrayList<>();
    for (int section = 0; section < sections; section++) {
      parts.add(upload.part(section).orElseThrow());
    }
    boolean again = upload.completing();
    upload.beginCompleting();
    try {
      CompleteMultipartUploadRequest request = request(name, upload, parts);
      CompleteMultipartUploadResponse answer = S3Failures.callOnUpload(
          Operation.PUT, keys.shown(name), () -> client.completeMultipartUpload(request));
      return confirmed(name, upload, parts, answer);
    } catch (S3Failures.UploadGone e) {
      if (e.reason() != S3Failures.UploadGone.Reason.NO_SUCH_UPLOAD) {
        throw e;
      }
      // Completed by an earlier call whose answer was lost, or by another process that was filling
      // the same upload; or removed by somebody.
      return ofThatLength(name, upload.lengthBytes()).orElseThrow(() -> e);
    } catch (StoreException e) {
      boolean lost = e.kind() == Kind.UNAVAILABLE && !Thread.currentThread().isInterrupted();
      boolean perhapsOurs = e.kind() == Kind.ALREADY_EXISTS && again;
      if (lost || perhapsOurs) {
        return surelyOurs(name, upload.lengthBytes(), parts, e);
      }
      throw e;
    }
  }

  private CompleteMultipartUploadRequest request(
      ObjectName name, UnfinishedUpload upload, List<UnfinishedUpload.Part> parts) {
    List<CompletedPart> completed = new ArrayList<>();
    for (UnfinishedUpload.Part part : parts) {
      CompletedPart.Builder one =
          CompletedPart.builder().partNumber(completed.size() + 1).eTag(Etags.header(part.etag()));
      if (settings.sendsChecksums()) {
        one.checksumCRC32C(Digests.crc32c(part.crc32c().orElseThrow()));
      }
      completed.add(one.build());
    }
    return CompleteMultipartUploadRequest.builder()
        .bucket(keys.bucket())
        .key(keys.key(name))
        .uploadId(upload.id())
        .ifNoneMatch("*")
        .multipartUpload(CompletedMultipartUpload.builder().parts(completed).build())
        .build();
  }

  /** Believes an answer when the object has the parts' checksum, or at least their length. */
  private StoredObject confirmed(
      ObjectName name,
      UnfinishedUpload upload,
      List<UnfinishedUpload.Part> parts,
      CompleteMultipartUploadResponse answer)
      throws StoreException {
    String shown = keys.shown(name);
    S3Putting.checkEtag(shown, answer.eTag());
    boolean told = settings.sendsChecksums() && answer.checksumCRC32C() != null;
    boolean right = told
        ? PartChecksums.areOf(answer.checksumCRC32C(), parts, upload)
        : listing.confirmed(name).lengthBytes() == upload.lengthBytes();
    if (!right) {
      // Completed it is, though wrongly: there is nothing to go on with.
      upload.lose();
      throw S3Failures.failed(
          Operation.PUT, shown, Kind.CORRUPT, "the store made something else of the parts");
    }
    return new StoredObject(name, upload.lengthBytes(), Etags.version(answer.eTag()));
  }

  private Optional<StoredObject> ofThatLength(ObjectName name, long lengthBytes)
      throws StoreException {
    return listing.look(Operation.PUT, name).filter(o -> o.lengthBytes() == lengthBytes);
  }

  /** What stands under the name, when its length and ETag are those of our parts. */
  private StoredObject surelyOurs(
      ObjectName name,
      long lengthBytes,
      List<UnfinishedUpload.Part> parts,
      StoreException otherwise)
      throws StoreException {
    try {
      String etag = Digests.etagOf(parts);
      return ofThatLength(name, lengthBytes)
          .filter(o -> o.version().equals(etag))
          .orElseThrow(() -> otherwise);
    } catch (StoreException e) {
      if (e != otherwise) {
        otherwise.addSuppressed(e);
      }
      throw otherwise;
    }
  }
}
