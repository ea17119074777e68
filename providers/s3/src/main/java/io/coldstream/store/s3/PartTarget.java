package io.coldstream.store.s3;

import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.Etags;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.cloud.SectionBody;
import io.coldstream.store.cloud.SectionTarget;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalInt;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Fills an upload with its parts, and compares those that it has. */
final class PartTarget implements SectionTarget {

  private final S3Client client;
  private final S3Settings settings;
  private final ObjectName name;
  private final String shown;
  private final UnfinishedUpload upload;

  PartTarget(S3Client client, S3Settings settings, ObjectName name, UnfinishedUpload upload) {
    this.client = client;
    this.settings = settings;
    this.name = name;
    this.shown = settings.keys().shown(name);
    this.upload = upload;
  }

  /** Whether it can be told what is in a part: an ETag is an MD5 only where no KMS key is used. */
  static boolean isComparable(UnfinishedUpload.Part part, S3Settings settings) {
    return part.crc32c().isPresent()
        || (Digests.isMd5(part.etag()) && settings.kmsKey().isEmpty());
  }

  @Override
  public boolean mayHold(int section) {
    return upload.part(section).filter(p -> isComparable(p, settings)).isPresent();
  }

  @Override
  public boolean holds(int section, InputStream content) throws IOException {
    UnfinishedUpload.Part there = upload.part(section).orElseThrow();
    CheckedInputStream checked = new CheckedInputStream(content, new CRC32C());
    boolean same;
    if (there.crc32c().isPresent()) {
      checked.transferTo(OutputStream.nullOutputStream());
      same = there.crc32c().getAsInt() == crc32c(checked);
    } else {
      same = there.etag().equalsIgnoreCase(Digests.hexMd5(checked));
    }
    if (!same) {
      upload.disown();
      throw S3Failures.failed(
          Operation.PUT,
          shown,
          Kind.CORRUPT,
          "part " + (section + 1) + " of the unfinished upload is another content's");
    }
    upload.prove();
    upload.stored(
        section, new UnfinishedUpload.Part(there.etag(), OptionalInt.of(crc32c(checked))));
    return true;
  }

  private static int crc32c(CheckedInputStream read) {
    return (int) read.getChecksum().getValue();
  }

  @Override
  public void send(SectionBody body) throws StoreException {
    UploadPartRequest.Builder request = UploadPartRequest.builder()
        .bucket(settings.keys().bucket())
        .key(settings.keys().key(name))
        .uploadId(upload.id())
        .partNumber(body.section() + 1);
    if (settings.sendsChecksums()) {
      request.checksumAlgorithm(ChecksumAlgorithm.CRC32_C);
    } else {
      request.contentMD5(md5(body));
    }
    Delivery delivery = new Delivery(body::open, body.lengthBytes());
    UploadPartResponse answer;
    try {
      answer = S3Failures.callOnUpload(
          Operation.PUT, shown, () -> client.uploadPart(request.build(), delivery.body()));
    } catch (S3Failures.UploadGone e) {
      upload.lose();
      throw e.failure(shown);
    } catch (StoreException e) {
      upload.askAgain();
      throw e;
    }
    S3Putting.checkEtag(shown, answer.eTag());
    if (!delivery.isComplete()) {
      throw S3Putting.confirmedTooMuch(shown);
    }
    S3Putting.checkReceived(shown, answer.checksumCRC32C(), body.crc32c());
    upload.stored(
        body.section(),
        new UnfinishedUpload.Part(Etags.version(answer.eTag()), OptionalInt.of(body.crc32c())));
  }

  private String md5(SectionBody body) throws StoreException {
    try (InputStream content = body.openUnsent()) {
      return Digests.md5(content);
    } catch (IOException e) {
      throw S3Failures.translated(Operation.PUT, shown, e);
    }
  }
}
