package io.coldstream.store.s3;

import io.coldstream.store.cloud.Etags;
import io.coldstream.store.cloud.KeyPage;
import io.coldstream.store.cloud.KeyQuery;
import io.coldstream.store.cloud.ListedObject;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The call that lists a bucket's objects, one page per call. */
final class ObjectListing {

  private final S3Client client;
  private final String bucket;

  ObjectListing(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  /** An answer that has none of a listing's fields is not from a store that speaks S3. */
  KeyPage objects(KeyQuery query) throws IOException {
    ListObjectsV2Request.Builder request = ListObjectsV2Request.builder()
        .bucket(bucket)
        .prefix(query.prefix())
        .maxKeys(query.maxKeys())
        .encodingType(EncodingType.URL);
    query.token().ifPresent(request::continuationToken);
    if (query.token().isEmpty()) {
      query.after().ifPresent(request::startAfter);
    }
    ListObjectsV2Response answer = client.listObjectsV2(request.build());
    if (answer.contents().isEmpty()
        && answer.isTruncated() == null
        && answer.name() == null
        && answer.keyCount() == null) {
      throw S3Failures.notS3();
    }
    boolean more = Boolean.TRUE.equals(answer.isTruncated());
    return new KeyPage(
        answer.contents().stream().map(ObjectListing::listed).toList(),
        more,
        more ? Optional.ofNullable(answer.nextContinuationToken()) : Optional.empty());
  }

  private static ListedObject listed(S3Object object) {
    return new ListedObject(
        object.key(),
        object.size() == null ? OptionalLong.empty() : OptionalLong.of(object.size()),
        Optional.ofNullable(object.eTag()).map(Etags::version),
        Optional.empty(),
        Optional.empty(),
        Optional.ofNullable(object.lastModified()));
  }
}
