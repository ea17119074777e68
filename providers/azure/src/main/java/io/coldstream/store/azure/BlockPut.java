package io.coldstream.store.azure;

import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.cloud.BigPut;
import io.coldstream.store.cloud.CloudListing;
import io.coldstream.store.cloud.NewObject;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.cloud.SectionSender;
import io.coldstream.store.spi.OncePass;
import io.coldstream.store.spi.StoreTools;

/**
 * Creates objects in blocks. An upload has no name of its own: all blocks that were sent for a blob are
 * one, and those of an earlier put are used where their names say that they hold the same bytes.
 */
final class BlockPut implements BigPut {

  private final AzureConnection connection;
  private final AzureSettings settings;
  private final CloudListing listing;
  private final SectionSender sender;

  BlockPut(
      AzureConnection connection, AzureSettings settings, CloudListing listing, StoreTools tools) {
    this.connection = connection;
    this.settings = settings;
    this.listing = listing;
    this.sender = new SectionSender(tools);
  }

  @Override
  public StoredObject put(PutRequest request, NewObject object, OncePass pass)
      throws StoreException {
    String shown = settings.keys().shown(object.name());
    listing.checkFree(object.name());
    String version = AzureFailures.call(Operation.PUT, shown, () -> {
      BlockUpload blocks =
          BlockUpload.begin(connection, settings.keys().key(object.name()), shown, pass);
      sender.send(pass, blocks, request.listener());
      return blocks.commit(BlobKind.of(object, settings));
    });
    return confirmed(
        new StoredObject(object.name(), request.source().lengthBytes(), version), shown);
  }

  /** The answer to a commit tells no length: the listing does. */
  private StoredObject confirmed(StoredObject answered, String shown) throws StoreException {
    StoredObject listed = listing
        .look(Operation.PUT, answered.name())
        .map(object -> object.stored(answered.name()))
        .orElse(answered);
    if (!listed.equals(answered)) {
      throw AzureFailures.failed(
          Operation.PUT,
          shown,
          Kind.CORRUPT,
          "the store lists " + listed.lengthBytes() + " bytes where " + answered.lengthBytes()
              + " were sent, or another version");
    }
    return answered;
  }
}
