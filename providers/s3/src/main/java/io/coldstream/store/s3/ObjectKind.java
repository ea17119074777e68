package io.coldstream.store.s3;

import io.coldstream.store.Placement;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.spi.Refusals;
import io.coldstream.store.spi.StoreSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/**
 * What new objects are beside their bytes, storage class, encryption, tags, and how they are created.
 *
 * @param bulkClass the storage class of bulk objects, where configured
 * @param kmsKey the key that new objects are encrypted under, where configured
 * @param tags what new objects are tagged with, in the order of the setting
 * @param isExclusive whether the store is asked to create an object only if its name is free
 */
record ObjectKind(
    Optional<String> bulkClass,
    Optional<String> kmsKey,
    Map<String, String> tags,
    boolean isExclusive) {

  private static final int MAX_TAGS = 10;

  ObjectKind {
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  /**
   * Reads it.
   *
   * @throws StoreException {@link Kind#REJECTED} naming the setting that is wrong, never its value
   */
  static ObjectKind of(StoreSettings settings) throws StoreException {
    return new ObjectKind(
        settings.storageClass(),
        settings.own("kms-key"),
        tags(settings.own("tags").orElse("")),
        isExclusive(settings.own("create").orElse("exclusive")));
  }

  private static boolean isExclusive(String create) throws StoreException {
    return switch (create) {
      case "exclusive" -> true;
      case "checked" -> false;
      default -> throw Refusals.setting("create", "must be exclusive or checked");
    };
  }

  /** The value of If-None-Match where an object becomes visible; null for none. */
  String condition() {
    return isExclusive ? "*" : null;
  }

  private static Map<String, String> tags(String text) throws StoreException {
    Map<String, String> tags = new LinkedHashMap<>();
    if (text.isEmpty()) {
      return tags;
    }
    for (String pair : text.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1
          || tags.put(
                  pair.substring(0, equals).strip(), pair.substring(equals + 1).strip())
              != null) {
        throw Refusals.setting("tags", "must be name=value,name=value, each name once");
      }
    }
    if (tags.size() > MAX_TAGS) {
      throw Refusals.setting("tags", "must have at most " + MAX_TAGS + " tags");
    }
    return tags;
  }

  void applyTo(PutObjectRequest.Builder request, Placement placement) {
    request.ifNoneMatch(condition());
    storageClass(placement).ifPresent(request::storageClass);
    kmsKey.ifPresent(
        k -> request.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(k));
    tagging().ifPresent(request::tagging);
  }

  void applyTo(CreateMultipartUploadRequest.Builder request, Placement placement) {
    storageClass(placement).ifPresent(request::storageClass);
    kmsKey.ifPresent(
        k -> request.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(k));
    tagging().ifPresent(request::tagging);
  }

  /** The configured class; empty for the store's default. */
  Optional<String> storageClass(Placement placement) {
    return switch (placement) {
      case STANDARD -> Optional.empty();
      case BULK -> bulkClass;
    };
  }

  private Optional<Tagging> tagging() {
    List<Tag> set = tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
    return set.isEmpty()
        ? Optional.empty()
        : Optional.of(Tagging.builder().tagSet(set).build());
  }
}
