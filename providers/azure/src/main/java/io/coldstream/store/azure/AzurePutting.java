package io.coldstream.store.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import io.coldstream.store.ObjectName;
import io.coldstream.store.OncePass;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoreTools;
import io.coldstream.store.StoredObject;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.cloud.PartSize;
import io.coldstream.store.cloud.SectionBody;
import io.coldstream.store.cloud.SectionSender;
import io.coldstream.store.cloud.SourceFailures;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * Creates objects: in one request when they are not longer than a part, otherwise in {@link BlockPut
 * blocks}. Either way the service compares an MD5 with what it received, and creates only if the name
 * is free.
 */
final class AzurePutting {

  private static final long MAX_BLOCKS = 50_000;

  private final AzureConnection connection;
  private final AzureSettings settings;
  private final SectionSender sender;
  private final AzureListing listing;

  AzurePutting(
      AzureConnection connection, AzureSettings settings, StoreTools tools, AzureListing listing) {
    this.connection = connection;
    this.settings = settings;
    this.sender = new SectionSender(tools);
    this.listing = listing;
  }

  StoredObject put(PutRequest request) throws StoreException {
    String shown = settings.keys().shown(request.name());
    long lengthBytes = request.source().lengthBytes();
    long partBytes = partBytes(shown, lengthBytes, settings.common().partSizeBytes());
    BlobKind kind = BlobKind.of(request.placement(), settings);
    try (OncePass pass = new OncePass(request.source(), partBytes)) {
      try {
        return lengthBytes > partBytes
            ? putInBlocks(request, lengthBytes, kind, pass)
            : putAtOnce(request.name(), lengthBytes, kind, pass);
      } catch (StoreException e) {
        return settled(request.name(), lengthBytes, kind, SourceFailures.of(shown, pass, e));
      }
    }
  }

  /** How large the blocks are. */
  static long partBytes(String shown, long lengthBytes, long configuredBytes)
      throws StoreException {
    long partBytes = PartSize.bytes(lengthBytes, configuredBytes, MAX_BLOCKS);
    if (partBytes > AzureSettings.MAX_PART_BYTES) {
      throw AzureFailures.failed(
          Operation.PUT, shown, Kind.REJECTED, lengthBytes + " bytes are more than Azure can hold");
    }
    return partBytes;
  }

  private StoredObject putAtOnce(ObjectName name, long lengthBytes, BlobKind kind, OncePass pass)
      throws StoreException {
    String shown = settings.keys().shown(name);
    SectionBody body = new Whole(pass);
    byte[] md5 = AzureFailures.call(Operation.PUT, shown, () -> {
      try (InputStream content = body.openUnsent()) {
        return BlockId.md5(content);
      }
    });
    var answer = AzureFailures.call(
        Operation.PUT,
        shown,
        () -> connection.exchanges().send(body, bytes -> {
          BlockBlobSimpleUploadOptions options = new BlockBlobSimpleUploadOptions(
                  bytes, lengthBytes)
              .setContentMd5(md5)
              .setRequestConditions(new BlobRequestConditions().setIfNoneMatch("*"));
          kind.applyTo(options);
          return connection.blob(name).uploadWithResponse(options);
        }));
    String version = BlockPut.version(shown, answer.getHeaders().getValue(HttpHeaderName.ETAG));
    BlockPut.checkReceived(shown, answer, md5);
    return new StoredObject(name, lengthBytes, version);
  }

  private StoredObject putInBlocks(
      PutRequest request, long lengthBytes, BlobKind kind, OncePass pass) throws StoreException {
    ObjectName name = request.name();
    String shown = settings.keys().shown(name);
    if (listing.look(Operation.PUT, name).isPresent()) {
      // Only the completing call would find it out, after everything was sent.
      throw taken(shown);
    }
    BlockPut blocks = BlockPut.begin(connection, name, shown, pass);
    AzureFailures.call(Operation.PUT, shown, () -> {
      sender.send(pass, blocks, request.listener());
      return true;
    });
    return confirmed(blocks.commit(name, lengthBytes, kind));
  }

  /** The answer to a commit tells no length: the listing does. */
  private StoredObject confirmed(StoredObject answered) throws StoreException {
    StoredObject listed = listing
        .look(Operation.PUT, answered.name())
        .map(AzureListing.Found::object)
        .orElse(answered);
    if (!listed.equals(answered)) {
      throw AzureFailures.failed(
          Operation.PUT,
          settings.keys().shown(answered.name()),
          Kind.CORRUPT,
          "the store lists " + listed.lengthBytes() + " bytes where " + answered.lengthBytes()
              + " were sent, or another version");
    }
    return answered;
  }

  /** Where it cannot be told from the answer whether the object was created, the listing tells. */
  private StoredObject settled(
      ObjectName name, long lengthBytes, BlobKind kind, StoreException failure)
      throws StoreException {
    // Who may create but not overwrite is refused so where the name is taken.
    boolean perhapsTaken = failure.kind() == Kind.ACCESS_DENIED;
    if ((failure.kind() != Kind.UNAVAILABLE && !perhapsTaken)
        || Thread.currentThread().isInterrupted()) {
      throw failure;
    }
    Optional<AzureListing.Found> found;
    try {
      found = listing.lookClosely(Operation.PUT, name);
    } catch (StoreException e) {
      failure.addSuppressed(e);
      throw failure;
    }
    if (found.isEmpty()) {
      throw failure;
    }
    if (!perhapsTaken && isMarked(found.get().metadata(), kind.mark())) {
      if (found.get().object().lengthBytes() == lengthBytes) {
        return found.get().object();
      }
      throw failure;
    }
    throw taken(settings.keys().shown(name));
  }

  private static boolean isMarked(Map<String, String> metadata, String mark) {
    return mark.equals(metadata.get(BlobKind.MARK));
  }

  private static StoreException taken(String shown) {
    return AzureFailures.failed(Operation.PUT, shown, Kind.ALREADY_EXISTS, "the name is taken");
  }

  /** The only section of a content. */
  private record Whole(OncePass pass) implements SectionBody {
    @Override
    public int section() {
      return 0;
    }

    @Override
    public long lengthBytes() {
      return pass.lengthOf(0);
    }

    @Override
    public InputStream open() throws IOException {
      return pass.open(0);
    }

    @Override
    public InputStream openUnsent() throws IOException {
      return pass.openUnsent(0);
    }

    @Override
    public int crc32c() {
      return pass.checksum(0);
    }
  }
}
