package io.coldstream.store.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.rest.PagedFlux;
import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobItemProperties;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.ListBlobsOptions;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.AnswerException;
import io.coldstream.store.cloud.DateHeader;
import io.coldstream.store.cloud.Etags;
import io.coldstream.store.cloud.KeyPage;
import io.coldstream.store.cloud.KeyQuery;
import io.coldstream.store.cloud.ListedObject;
import io.coldstream.store.cloud.Upload;
import io.coldstream.store.cloud.UploadId;
import io.coldstream.store.cloud.UploadPage;
import io.coldstream.store.cloud.UploadPosition;
import io.coldstream.store.cloud.UploadQuery;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/** The calls that list blobs: those that are there, and those that nobody has committed. */
final class BlobListing {

  /** The metadata that marks a folder of an account with a hierarchical namespace. */
  private static final String FOLDER = "hdi_isfolder";

  private final AzureConnection connection;

  BlobListing(AzureConnection connection) {
    this.connection = connection;
  }

  /**
   * Newer versions of the service have a parameter startFrom. It is described as a relative path, and
   * no emulator knows it: names that it left out by mistake would not be noticed.
   */
  KeyPage objects(KeyQuery query) throws IOException {
    PagedResponse<BlobItem> page = page(
        new ListBlobsOptions()
            .setPrefix(query.prefix())
            .setMaxResultsPerPage(query.maxKeys())
            .setDetails(new BlobListDetails().setRetrieveMetadata(true)),
        query.token());
    return new KeyPage(
        page.getValue().stream().map(BlobListing::listed).toList(),
        Optional.ofNullable(page.getContinuationToken()));
  }

  /** One answer to a listing. */
  PagedResponse<BlobItem> page(ListBlobsOptions options, Optional<String> token)
      throws IOException {
    PagedFlux<BlobItem> listing = connection.container().listBlobs(options);
    // Without a token it must not be asked for one: the SDK takes null for the end.
    PagedResponse<BlobItem> page = connection
        .exchanges()
        .await(token.map(listing::byPage).orElseGet(listing::byPage).next());
    if (page == null || page.getValue() == null) {
      throw new AnswerException(Kind.UNAVAILABLE, "the answer is not Azure's: it lists nothing");
    }
    return page;
  }

  /** Folders of a hierarchical namespace, and uncommitted blobs, are not objects. */
  private static ListedObject listed(BlobItem item) {
    BlobItemProperties properties = item.getProperties();
    boolean blob = properties != null && !isFolder(item);
    return new ListedObject(
        item.getName(),
        blob && properties.getContentLength() != null
            ? OptionalLong.of(properties.getContentLength())
            : OptionalLong.empty(),
        blob ? Optional.ofNullable(properties.getETag()).map(Etags::version) : Optional.empty(),
        Optional.empty(),
        Optional.ofNullable(item.getMetadata()).map(metadata -> metadata.get(BlobKind.MARK)),
        blob
            ? Optional.ofNullable(properties.getLastModified()).map(OffsetDateTime::toInstant)
            : Optional.empty());
  }

  private static boolean isFolder(BlobItem item) {
    return Boolean.TRUE.equals(item.isPrefix())
        || (item.getMetadata() != null && item.getMetadata().containsKey(FOLDER));
  }

  /** An uncommitted blob is listed without a length; one without a time counts as old. */
  UploadPage uploads(UploadQuery query) throws IOException {
    PagedResponse<BlobItem> page = page(
        new ListBlobsOptions()
            .setPrefix(query.prefix())
            .setDetails(
                new BlobListDetails().setRetrieveUncommittedBlobs(true).setRetrieveMetadata(true)),
        query.from().map(UploadPosition::key));
    return new UploadPage(
        page.getValue().stream().map(BlobItem::getName).toList(),
        page.getValue().stream()
            .filter(BlobListing::mayBeUnfinished)
            .map(item -> new Upload(new UploadId(item.getName(), ""), Optional.of(changed(item))))
            .toList(),
        Optional.ofNullable(page.getContinuationToken())
            .map(token -> new UploadPosition(token, "")),
        time(page));
  }

  /** The service's time when it answered; empty where it does not tell. */
  static Optional<Instant> time(PagedResponse<?> answer) {
    return DateHeader.time(Optional.ofNullable(answer.getHeaders().getValue(HttpHeaderName.DATE)));
  }

  private static boolean mayBeUnfinished(BlobItem item) {
    BlobItemProperties properties = item.getProperties();
    return !isFolder(item)
        && (properties == null
            || properties.getContentLength() == null
            || properties.getContentLength() == 0);
  }

  private static Instant changed(BlobItem item) {
    return Optional.ofNullable(item.getProperties())
        .map(BlobItemProperties::getLastModified)
        .map(OffsetDateTime::toInstant)
        .orElse(Instant.EPOCH);
  }
}
