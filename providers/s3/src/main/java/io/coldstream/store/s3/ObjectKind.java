package io.coldstream.store.s3;

import io.coldstream.store.Placement;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/** What new objects are beside their bytes: storage class, encryption, tags. */
final class ObjectKind {

  private final Optional<String> bulkClass;
  private final Optional<String> kmsKey;
  private final Optional<Tagging> tagging;

  ObjectKind(S3Settings settings) {
    this.bulkClass = settings.common().storageClass();
    this.kmsKey = settings.kmsKey();
    List<Tag> tags = settings.tags().entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
    this.tagging = tags.isEmpty()
        ? Optional.empty()
        : Optional.of(Tagging.builder().tagSet(tags).build());
  }

  void applyTo(PutObjectRequest.Builder request, Placement placement) {
    storageClass(placement).ifPresent(request::storageClass);
    kmsKey.ifPresent(
        k -> request.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(k));
    tagging.ifPresent(request::tagging);
  }

  void applyTo(CreateMultipartUploadRequest.Builder request, Placement placement) {
    storageClass(placement).ifPresent(request::storageClass);
    kmsKey.ifPresent(
        k -> request.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(k));
    tagging.ifPresent(request::tagging);
  }

  /** The configured class; empty for the store's default. */
  Optional<String> storageClass(Placement placement) {
    return switch (placement) {
      case STANDARD -> Optional.empty();
      case BULK -> bulkClass;
    };
  }
}
