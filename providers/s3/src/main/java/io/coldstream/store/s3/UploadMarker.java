package io.coldstream.store.s3;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * Where the next page of a listing of unfinished uploads begins.
 *
 * @param key the key of the last upload before it; empty when the store does not tell
 * @param uploadId the id of that upload; empty when the store does not tell
 */
record UploadMarker(String key, String uploadId) {

  /**
   * The marker of a page. Some stores (MinIO) tell the id alone: the key is then that of the page's last
   * upload.
   *
   * @return empty when this is the last page
   */
  static Optional<UploadMarker> after(ListMultipartUploadsResponse page) {
    if (!Boolean.TRUE.equals(page.isTruncated())) {
      return Optional.empty();
    }
    List<MultipartUpload> uploads = page.uploads();
    Optional<String> last = uploads.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(uploads.get(uploads.size() - 1).key());
    return Optional.of(new UploadMarker(
        Optional.ofNullable(page.nextKeyMarker()).or(() -> last).orElse(""),
        Optional.ofNullable(page.nextUploadIdMarker()).orElse("")));
  }

  void applyTo(ListMultipartUploadsRequest.Builder request) {
    request
        .keyMarker(key.isEmpty() ? null : key)
        .uploadIdMarker(uploadId.isEmpty() ? null : uploadId);
  }
}
