package io.coldstream.store.s3;

import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPage;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.cloud.Etags;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.cloud.ListingGuard;
import io.coldstream.store.cloud.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Tells what is there, by listing alone: that is what every identity may do, a writer's too, and a
 * listing says which of bucket and object is missing where a HEAD does not.
 */
final class S3Listing {

  private static final int FULL_PAGE = 1000;

  private final S3Client client;
  private final Keys keys;

  S3Listing(S3Client client, Keys keys) {
    this.client = client;
    this.keys = keys;
  }

  /** Looks one exact name up: it is the first of the keys that begin with it. */
  Optional<StoredObject> look(Operation operation, ObjectName name) throws StoreException {
    String key = keys.key(name);
    ListObjectsV2Request request = ListObjectsV2Request.builder()
        .bucket(keys.bucket())
        .prefix(key)
        .maxKeys(1)
        .encodingType(EncodingType.URL)
        .build();
    ListObjectsV2Response answer = listed(operation, keys.shown(name), request);
    return answer.contents().stream()
        .filter(object -> object.key().equals(key) && isWhole(object))
        .findFirst()
        .map(object -> stored(name, object));
  }

  /** Looks at what the store has just confirmed. */
  StoredObject confirmed(ObjectName name) throws StoreException {
    return look(Operation.PUT, name)
        .orElseThrow(() -> S3Failures.failed(
            Operation.PUT,
            keys.shown(name),
            Kind.UNAVAILABLE,
            "completed, and not to be seen; try again"));
  }

  /** One page. */
  ListPage page(ObjectPrefix prefix, ListCursor from) throws StoreException {
    ListObjectsV2Request.Builder request = ListObjectsV2Request.builder()
        .bucket(keys.bucket())
        .prefix(keys.key(prefix))
        .maxKeys(FULL_PAGE)
        .encodingType(EncodingType.URL);
    from.token().ifPresent(request::continuationToken);
    if (from.token().isEmpty()) {
      from.after().map(keys::key).ifPresent(request::startAfter);
    }
    String shown = keys.shown() + prefix;
    ListObjectsV2Response answer = listed(Operation.LIST, shown, request.build());
    List<String> listed = answer.contents().stream().map(S3Object::key).toList();
    List<StoredObject> objects = new ArrayList<>();
    int foreign = 0;
    for (S3Object object : answer.contents()) {
      if (!isWhole(object) || keys.isFolderMark(object.key())) {
        continue;
      }
      Optional<ObjectName> name = keys.name(object.key());
      if (name.isPresent()) {
        objects.add(stored(name.get(), object));
      } else {
        foreign++;
      }
    }
    return new ListPage(
        objects, ListingGuard.next(shown, from, listed, next(shown, answer)), foreign);
  }

  private ListObjectsV2Response listed(
      Operation operation, String shown, ListObjectsV2Request request) throws StoreException {
    ListObjectsV2Response answer =
        S3Failures.call(operation, shown, () -> client.listObjectsV2(request));
    if (answer.contents().isEmpty()
        && answer.isTruncated() == null
        && answer.name() == null
        && answer.keyCount() == null) {
      throw S3Failures.notS3(operation, shown);
    }
    return answer;
  }

  private static Optional<String> next(String shown, ListObjectsV2Response answer)
      throws StoreException {
    if (!Boolean.TRUE.equals(answer.isTruncated())) {
      return Optional.empty();
    }
    if (answer.nextContinuationToken() == null) {
      throw S3Failures.failed(
          Operation.LIST, shown, Kind.REJECTED, "the store says that there is more, but not where");
    }
    return Optional.of(answer.nextContinuationToken());
  }

  /** Some stores show what is still arriving, without an ETag: that is no object, not even foreign. */
  private static boolean isWhole(S3Object object) {
    return object.eTag() != null && object.size() != null;
  }

  private static StoredObject stored(ObjectName name, S3Object object) {
    return new StoredObject(name, object.size(), Etags.version(object.eTag()));
  }
}
