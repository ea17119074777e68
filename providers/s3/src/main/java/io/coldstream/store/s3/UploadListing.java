package io.coldstream.store.s3;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.cloud.ListingGuard;
import io.coldstream.store.cloud.Operation;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;

/** The pages of one listing of unfinished uploads: one request for each. Not thread-safe. */
final class UploadListing {

  private final S3Client client;
  private final Keys keys;
  private final Operation operation;
  private final String shown;
  private final String prefix;
  private final ListingGuard guard;
  private Optional<ListMultipartUploadsResponse> last = Optional.empty();

  /**
   * A listing; nothing is asked yet.
   *
   * @param shown what is listed, as messages name it
   * @param prefix what all keys begin with
   */
  UploadListing(S3Client client, Keys keys, Operation operation, String shown, String prefix) {
    this.client = client;
    this.keys = keys;
    this.operation = operation;
    this.shown = shown;
    this.prefix = prefix;
    this.guard = new ListingGuard(operation, shown, "unfinished uploads");
  }

  /** Asks for the next page; only when the last one was truncated. */
  ListMultipartUploadsResponse next() throws StoreException {
    ListMultipartUploadsRequest.Builder request = ListMultipartUploadsRequest.builder()
        .bucket(keys.bucket())
        .prefix(prefix)
        .encodingType(EncodingType.URL);
    if (last.isPresent()) {
      marker(last.get()).applyTo(request);
    }
    ListMultipartUploadsResponse page =
        S3Failures.call(operation, shown, () -> client.listMultipartUploads(request.build()));
    last = Optional.of(page);
    return page;
  }

  private UploadMarker marker(ListMultipartUploadsResponse page) throws StoreException {
    UploadMarker marker = UploadMarker.after(page)
        .filter(told -> !told.key().isEmpty())
        .orElseThrow(() -> S3Failures.failed(
            operation, shown, Kind.REJECTED, "the store says that there is more, but not where"));
    guard.page(
        page.uploads().stream().map(u -> u.key() + " " + u.uploadId()).toList(),
        Optional.of(marker.key() + " " + marker.uploadId()));
    return marker;
  }
}
