package io.coldstream.store.azure;

import com.azure.core.http.rest.PagedFlux;
import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobItemProperties;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.ListBlobsOptions;
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
import java.util.Map;
import java.util.Optional;

/**
 * Tells what is there, by listing alone: that is what every identity may do, a writer's too, and a
 * listing says which of container and blob is missing where a HEAD does not.
 */
final class AzureListing {

  private static final int FULL_PAGE = 1000;

  private final AzureConnection connection;
  private final Keys keys;

  AzureListing(AzureConnection connection, Keys keys) {
    this.connection = connection;
    this.keys = keys;
  }

  /**
   * An object and who put it.
   *
   * @param object what it is
   * @param metadata what was stored with it, where it was asked for
   */
  record Found(StoredObject object, Map<String, String> metadata) {}

  /** Looks one exact name up: it is the first of the keys that begin with it. */
  Optional<Found> look(Operation operation, ObjectName name) throws StoreException {
    return look(operation, name, new BlobListDetails());
  }

  /** Looks one exact name up, with its metadata. */
  Optional<Found> lookClosely(Operation operation, ObjectName name) throws StoreException {
    return look(operation, name, new BlobListDetails().setRetrieveMetadata(true));
  }

  private Optional<Found> look(Operation operation, ObjectName name, BlobListDetails details)
      throws StoreException {
    String key = keys.key(name);
    ListBlobsOptions options =
        new ListBlobsOptions().setPrefix(key).setMaxResultsPerPage(1).setDetails(details);
    ListingGuard guard = new ListingGuard(operation, keys.shown(name), "blobs");
    Optional<String> token = Optional.empty();
    while (true) {
      PagedResponse<BlobItem> page = fetch(operation, keys.shown(name), options, token);
      if (!page.getValue().isEmpty()) {
        return page.getValue().stream()
            .filter(item -> item.getName().equals(key) && isWhole(item))
            .findFirst()
            .map(item -> found(name, item));
      }
      token = Optional.ofNullable(page.getContinuationToken());
      if (token.isEmpty()) {
        return Optional.empty();
      }
      guard.page(List.of(), token);
    }
  }

  /**
   * One page. The service goes on behind a mark of its own, not behind a name: a listing that starts
   * behind one begins at the first name, and what comes too early is left out, page by page. Such
   * pages may be empty, and the next one's cursor keeps the name.
   */
  ListPage page(ObjectPrefix prefix, ListCursor from) throws StoreException {
    // Newer versions of the service have a parameter startFrom. It is described as a relative path,
    // and no emulator knows it: what it leaves out where it is misunderstood would not be missed.
    ListBlobsOptions options =
        new ListBlobsOptions().setPrefix(keys.key(prefix)).setMaxResultsPerPage(FULL_PAGE);
    String shown = keys.shown() + prefix;
    PagedResponse<BlobItem> page = fetch(Operation.LIST, shown, options, from.token());
    List<StoredObject> objects = new ArrayList<>();
    int foreign = 0;
    for (BlobItem item : page.getValue()) {
      if (!isWhole(item) || keys.isFolderMark(item.getName())) {
        continue;
      }
      Optional<ObjectName> name = keys.name(item.getName());
      if (name.isEmpty()) {
        foreign++;
      } else if (from.after().isEmpty() || name.get().compareTo(from.after().get()) > 0) {
        objects.add(found(name.get(), item).object());
      }
    }
    List<String> listed = page.getValue().stream().map(BlobItem::getName).toList();
    Optional<String> token = Optional.ofNullable(page.getContinuationToken());
    return new ListPage(objects, ListingGuard.next(shown, from, listed, token), foreign);
  }

  /** One answer of the service. */
  PagedResponse<BlobItem> fetch(
      Operation operation, String shown, ListBlobsOptions options, Optional<String> token)
      throws StoreException {
    PagedResponse<BlobItem> page = AzureFailures.call(operation, shown, () -> {
      PagedFlux<BlobItem> listing = connection.container().listBlobs(options);
      // Without a token it must not be asked for one: the SDK takes null for the end.
      return connection
          .exchanges()
          .await(token.map(listing::byPage).orElseGet(listing::byPage).next());
    });
    if (page == null || page.getValue() == null) {
      throw AzureFailures.failed(
          operation, shown, Kind.UNAVAILABLE, "the answer is not Azure's: it lists nothing");
    }
    return page;
  }

  /** Folders of a hierarchical namespace, and what nobody has committed, are no objects. */
  static boolean isWhole(BlobItem item) {
    BlobItemProperties properties = item.getProperties();
    return !Boolean.TRUE.equals(item.isPrefix())
        && properties != null
        && properties.getETag() != null
        && properties.getContentLength() != null;
  }

  private static Found found(ObjectName name, BlobItem item) {
    BlobItemProperties properties = item.getProperties();
    StoredObject object =
        new StoredObject(name, properties.getContentLength(), Etags.version(properties.getETag()));
    return new Found(object, item.getMetadata() == null ? Map.of() : item.getMetadata());
  }
}
