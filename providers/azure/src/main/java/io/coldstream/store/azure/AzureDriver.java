package io.coldstream.store.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.storage.blob.models.BlobDownloadAsyncResponse;
import com.azure.storage.blob.models.BlobDownloadHeaders;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.Block;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import com.azure.storage.blob.models.DownloadRetryOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.BigPut;
import io.coldstream.store.cloud.CloudDriver;
import io.coldstream.store.cloud.CloudListing;
import io.coldstream.store.cloud.CloudTraits;
import io.coldstream.store.cloud.Download;
import io.coldstream.store.cloud.DriverCalls;
import io.coldstream.store.cloud.Etags;
import io.coldstream.store.cloud.KeyPage;
import io.coldstream.store.cloud.KeyQuery;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.cloud.NewObject;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.cloud.PartLimits;
import io.coldstream.store.cloud.PutAnswer;
import io.coldstream.store.cloud.SectionBody;
import io.coldstream.store.cloud.UploadEnd;
import io.coldstream.store.cloud.UploadId;
import io.coldstream.store.cloud.UploadPage;
import io.coldstream.store.cloud.UploadQuery;
import io.coldstream.store.spi.Permission;
import io.coldstream.store.spi.StoreTools;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The calls of Azure Blob Storage; every object is a block blob. Versions are ETags. */
final class AzureDriver implements CloudDriver {

  private static final long MAX_BLOCKS = 50_000;
  private static final int DELETE_BATCH = 256;
  private static final int DELETES_AT_ONCE = 16;

  private final AzureConnection connection;
  private final AzureSettings settings;
  private final Keys keys;
  private final BlobListing listing;
  private final AzureLocks locks;

  /**
   * A driver; no request is made.
   *
   * @param connection owned by the driver
   */
  AzureDriver(AzureConnection connection, AzureSettings settings) {
    this.connection = connection;
    this.settings = settings;
    this.keys = settings.keys();
    this.listing = new BlobListing(connection);
    this.locks = new AzureLocks(connection, settings);
  }

  @Override
  public Keys keys() {
    return keys;
  }

  @Override
  public CloudTraits traits() {
    return new CloudTraits(
        parts(settings.common().partSizeBytes()), DELETE_BATCH, false, true, true, true);
  }

  /** How large blocks are. */
  static PartLimits parts(long configuredBytes) {
    long max = AzureSettings.MAX_PART_BYTES;
    return new PartLimits(configuredBytes, MAX_BLOCKS, max, max);
  }

  @Override
  public KeyPage list(KeyQuery query) throws IOException {
    return listing.objects(query);
  }

  @Override
  public Download get(ObjectName name, ByteRange range, Optional<String> version)
      throws IOException {
    BlobRequestConditions conditions = new BlobRequestConditions();
    version.map(Etags::header).ifPresent(conditions::setIfMatch);
    BlobRange asked = range.equals(ByteRange.WHOLE) ? null : asked(range);
    // Reading on after a break would be trying again, which is not done here.
    DownloadRetryOptions once = new DownloadRetryOptions().setMaxRetryRequests(0);
    BlobDownloadAsyncResponse answer = connection
        .exchanges()
        .await(connection
            .blob(keys.key(name))
            .downloadStreamWithResponse(asked, once, conditions, false));
    InputStream body = connection.exchanges().receive(answer.getValue());
    BlobDownloadHeaders head = answer.getDeserializedHeaders();
    return new Download(
        Optional.ofNullable(head.getETag()).map(Etags::version),
        head.getContentLength() == null
            ? OptionalLong.empty()
            : OptionalLong.of(head.getContentLength()),
        Optional.ofNullable(head.getContentRange()),
        OptionalLong.empty(),
        Optional.empty(),
        body);
  }

  private static BlobRange asked(ByteRange range) {
    return range.lengthBytes().isPresent()
        ? new BlobRange(range.fromBytes(), range.lengthBytes().getAsLong())
        : new BlobRange(range.fromBytes());
  }

  @Override
  public PutAnswer put(NewObject object, SectionBody body) throws IOException {
    byte[] md5;
    try (InputStream content = body.openUnsent()) {
      md5 = BlockId.md5(content);
    }
    var answer = connection.exchanges().send(body, bytes -> {
      BlockBlobSimpleUploadOptions options = new BlockBlobSimpleUploadOptions(
              bytes, body.lengthBytes())
          .setContentMd5(md5)
          .setRequestConditions(new BlobRequestConditions().setIfNoneMatch("*"));
      BlobKind.of(object, settings).applyTo(options);
      return connection.blob(keys.key(object.name())).uploadWithResponse(options);
    });
    BlockUpload.checkReceived(keys.shown(object.name()), answer, md5);
    return new PutAnswer(
        Optional.ofNullable(answer.getHeaders().getValue(HttpHeaderName.ETAG)).map(Etags::version),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public BigPut bigPut(CloudListing listing, StoreTools tools) {
    return new BlockPut(connection, settings, listing, tools);
  }

  @Override
  public String permission(Permission need) {
    return AzureInspection.permission(need);
  }

  @Override
  public void extend(ObjectName name, Instant until) throws IOException {
    locks.extend(name, until);
  }

  @Override
  public Optional<Instant> lockedUntil(ObjectName name) throws IOException {
    return locks.lockedUntil(name);
  }

  /** One by one, several at once: batches cost as much, and need more than the right to delete. */
  @Override
  public void delete(List<ObjectName> names) throws IOException {
    AtomicReference<StoreException> first = new AtomicReference<>();
    connection
        .exchanges()
        .await(Flux.fromIterable(names)
            .flatMap(name -> delete(name, first), DELETES_AT_ONCE)
            .then());
    if (first.get() != null) {
      throw first.get();
    }
  }

  /** A snapshot that somebody made goes with its blob, which could not be removed otherwise. */
  private Mono<Void> delete(ObjectName name, AtomicReference<StoreException> first) {
    return connection
        .blob(keys.key(name))
        .deleteWithResponse(DeleteSnapshotsOptionType.INCLUDE, null)
        .then()
        .onErrorResume(e -> {
          StoreException failure = AzureFailures.translated(Operation.DELETE, keys.shown(name), e);
          if (failure.kind() != Kind.NOT_FOUND) {
            first.accumulateAndGet(failure, DriverCalls::worse);
          }
          return Mono.empty();
        });
  }

  @Override
  public UploadPage uploads(UploadQuery query) throws IOException {
    return listing.uploads(query);
  }

  /**
   * Blocks that nobody has committed expire a week after the last one was sent, and nothing but a new
   * blob of the name removes them before. An empty object is listed alike: its list of blocks tells.
   */
  @Override
  public UploadEnd end(UploadId upload) throws StoreException {
    try {
      List<Block> blocks = AzureFailures.call(
          Operation.SWEEP,
          keys.root() + upload.key(),
          () -> BlockUpload.uncommitted(connection, upload.key()));
      return blocks.isEmpty() ? UploadEnd.NONE : UploadEnd.EXPIRES;
    } catch (StoreException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return UploadEnd.NONE;
      }
      throw e;
    }
  }

  @Override
  public StoreException classified(Operation operation, String object, Exception failure) {
    return AzureFailures.translated(operation, object, failure);
  }

  @Override
  public void close() {
    connection.close();
  }
}
