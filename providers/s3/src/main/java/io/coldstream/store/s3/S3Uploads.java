package io.coldstream.store.s3;

import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.AnswerException;
import io.coldstream.store.cloud.Checksums;
import io.coldstream.store.cloud.CompletionAnswer;
import io.coldstream.store.cloud.Etags;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.cloud.ListedPart;
import io.coldstream.store.cloud.NewObject;
import io.coldstream.store.cloud.Part;
import io.coldstream.store.cloud.PartAnswer;
import io.coldstream.store.cloud.PartPage;
import io.coldstream.store.cloud.SectionBody;
import io.coldstream.store.cloud.Upload;
import io.coldstream.store.cloud.UploadEnd;
import io.coldstream.store.cloud.UploadGoneException;
import io.coldstream.store.cloud.UploadId;
import io.coldstream.store.cloud.UploadPage;
import io.coldstream.store.cloud.UploadPosition;
import io.coldstream.store.cloud.UploadQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** The calls about multipart uploads. */
final class S3Uploads {

  private static final String STANDARD = "STANDARD";

  private final S3Client client;
  private final S3Settings settings;
  private final Keys keys;
  private final S3Locks locks;

  S3Uploads(S3Client client, S3Settings settings, S3Locks locks) {
    this.locks = locks;
    this.client = client;
    this.settings = settings;
    this.keys = settings.keys();
  }

  UploadPage page(UploadQuery query) throws AnswerException {
    ListMultipartUploadsRequest.Builder request = ListMultipartUploadsRequest.builder()
        .bucket(keys.bucket())
        .prefix(query.prefix())
        .encodingType(EncodingType.URL);
    query.from().map(UploadPosition::key).ifPresent(request::keyMarker);
    query
        .from()
        .map(UploadPosition::uploadId)
        .filter(id -> !id.isEmpty())
        .ifPresent(request::uploadIdMarker);
    ListMultipartUploadsResponse page = client.listMultipartUploads(request.build());
    if (query.like().isEmpty() && tellsNothing(page)) {
      throw S3Failures.notS3();
    }
    return new UploadPage(
        page.uploads().stream().map(u -> u.key() + " " + u.uploadId()).toList(),
        page.uploads().stream()
            .filter(u -> u.key() != null && u.uploadId() != null)
            .filter(u -> query.like().isEmpty() || isLike(u, query.like().get()))
            .map(u ->
                new Upload(new UploadId(u.key(), u.uploadId()), Optional.ofNullable(u.initiated())))
            .toList(),
        next(page),
        S3Failures.time(page.sdkHttpResponse()));
  }

  private static boolean tellsNothing(ListMultipartUploadsResponse page) {
    return page.uploads().isEmpty()
        && page.isTruncated() == null
        && page.bucket() == null
        && page.maxUploads() == null;
  }

  /** Some stores (MinIO) tell the id alone: the key is then that of the page's last upload. */
  private static Optional<UploadPosition> next(ListMultipartUploadsResponse page) {
    if (!Boolean.TRUE.equals(page.isTruncated())) {
      return Optional.empty();
    }
    List<MultipartUpload> uploads = page.uploads();
    Optional<String> last = uploads.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(uploads.get(uploads.size() - 1).key());
    return Optional.of(new UploadPosition(
        Optional.ofNullable(page.nextKeyMarker()).or(() -> last).orElse(""),
        Optional.ofNullable(page.nextUploadIdMarker()).orElse("")));
  }

  /**
   * Whether its object will have the class, and its parts carry the checksums, that ours do. A store
   * that tells none of them (MinIO) is no reason against it.
   */
  private boolean isLike(MultipartUpload upload, NewObject object) {
    String storageClass = upload.storageClassAsString();
    String checksums = upload.checksumAlgorithmAsString();
    return (storageClass == null
            || storageClass.equalsIgnoreCase(
                settings.kind().storageClass(object.placement()).orElse(STANDARD)))
        && (checksums == null
            || checksums.equalsIgnoreCase(ChecksumAlgorithm.CRC32_C.toString())
                == settings.sendsChecksums());
  }

  UploadEnd abort(UploadId upload) throws IOException {
    try {
      S3Failures.callOnUpload(() -> client.abortMultipartUpload(
          b -> b.bucket(keys.bucket()).key(upload.key()).uploadId(upload.id())));
    } catch (UploadGoneException e) {
      if (e.reason() != UploadGoneException.Reason.NO_SUCH_UPLOAD) {
        throw new AnswerException(Kind.UNAVAILABLE, "the upload is being completed; try again");
      }
    }
    return UploadEnd.REMOVED;
  }

  String begin(NewObject object) {
    CreateMultipartUploadRequest.Builder request =
        CreateMultipartUploadRequest.builder().bucket(keys.bucket()).key(keys.key(object.name()));
    settings.kind().applyTo(request, object.placement());
    locks.applyTo(request, object.lockedUntil());
    if (settings.sendsChecksums()) {
      request.checksumAlgorithm(ChecksumAlgorithm.CRC32_C);
    }
    String id = client.createMultipartUpload(request.build()).uploadId();
    return id == null ? "" : id;
  }

  PartAnswer send(UploadId upload, SectionBody body) throws IOException {
    UploadPartRequest.Builder request = UploadPartRequest.builder()
        .bucket(keys.bucket())
        .key(upload.key())
        .uploadId(upload.id())
        .partNumber(body.section() + 1);
    if (settings.sendsChecksums()) {
      request.checksumAlgorithm(ChecksumAlgorithm.CRC32_C);
    } else {
      request.contentMD5(Digests.md5(body));
    }
    UploadPartResponse answer =
        S3Failures.callOnUpload(() -> client.uploadPart(request.build(), S3Body.of(body)));
    return new PartAnswer(
        Optional.ofNullable(answer.eTag()).map(Etags::version),
        Optional.ofNullable(answer.checksumCRC32C()));
  }

  PartPage parts(UploadId upload, OptionalInt from) throws IOException {
    ListPartsResponse page =
        S3Failures.callOnUpload(() -> client.listParts(b -> b.bucket(keys.bucket())
            .key(upload.key())
            .uploadId(upload.id())
            .partNumberMarker(from.isPresent() ? from.getAsInt() : null)));
    List<ListedPart> parts = page.parts().stream()
        .map(part -> new ListedPart(
            part.partNumber() == null ? OptionalInt.empty() : OptionalInt.of(part.partNumber() - 1),
            part.size() == null ? OptionalLong.empty() : OptionalLong.of(part.size()),
            Optional.ofNullable(part.eTag()).map(Etags::version),
            Digests.crc32cIn(part.checksumCRC32C())))
        .toList();
    boolean more = Boolean.TRUE.equals(page.isTruncated());
    // Some stores leave the marker out, or send 0: the number of the last part replaces it.
    IntStream numbers = IntStream.concat(
        Stream.ofNullable(page.nextPartNumberMarker()).mapToInt(Integer::intValue),
        parts.stream().flatMapToInt(part -> part.section().stream()).map(section -> section + 1));
    return new PartPage(parts, more, more ? numbers.max() : OptionalInt.empty());
  }

  CompletionAnswer complete(UploadId upload, List<Part> parts) throws IOException {
    List<CompletedPart> completed = new ArrayList<>();
    for (Part part : parts) {
      CompletedPart.Builder one =
          CompletedPart.builder().partNumber(completed.size() + 1).eTag(Etags.header(part.tag()));
      if (settings.sendsChecksums()) {
        one.checksumCRC32C(Checksums.text(part.crc32c().orElseThrow()));
      }
      completed.add(one.build());
    }
    CompleteMultipartUploadResponse answer =
        S3Failures.callOnUpload(() -> client.completeMultipartUpload(b -> b.bucket(keys.bucket())
            .key(upload.key())
            .uploadId(upload.id())
            .ifNoneMatch(settings.kind().condition())
            .multipartUpload(m -> m.parts(completed))));
    return new CompletionAnswer(
        Optional.ofNullable(answer.eTag()).map(Etags::version),
        Optional.ofNullable(settings.sendsChecksums() ? answer.checksumCRC32C() : null)
            .map(told -> PartChecksums.areOf(told, parts)));
  }
}
