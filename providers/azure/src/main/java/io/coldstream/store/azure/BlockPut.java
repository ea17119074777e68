package io.coldstream.store.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.rest.Response;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlockList;
import com.azure.storage.blob.models.BlockListType;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.specialized.BlockBlobAsyncClient;
import io.coldstream.store.ObjectName;
import io.coldstream.store.OncePass;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.cloud.Etags;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.cloud.SectionBody;
import io.coldstream.store.cloud.SectionTarget;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * One object that is sent in blocks. What an earlier put of the name has staged counts where a block's
 * name, which has its number and its content's digest, and its length are those that the source
 * gives; other blocks are left alone, never committed, and expire.
 *
 * <p>That a block holds what its name says is trusted: the service tells names and lengths alone, and
 * checks no content when blocks are committed. Whoever may write under the prefix could stage other
 * bytes of that length under the name, at any time up to the commit; whoever reads the object compares
 * its digest.
 */
final class BlockPut implements SectionTarget {

  private final AzureConnection connection;
  private final BlockBlobAsyncClient blob;
  private final String shown;
  private final StagedBlocks staged;
  private final AtomicReferenceArray<BlockId> blocks;

  private BlockPut(AzureConnection connection, ObjectName name, String shown, OncePass pass)
      throws StoreException {
    this.connection = connection;
    this.blob = connection.blob(name);
    this.shown = shown;
    this.staged = staged(pass);
    this.blocks = new AtomicReferenceArray<>(pass.sections());
  }

  /** Asks what is there already. */
  static BlockPut begin(AzureConnection connection, ObjectName name, String shown, OncePass pass)
      throws StoreException {
    return new BlockPut(connection, name, shown, pass);
  }

  /** A writer may not be allowed to read the list: it sends everything again. */
  private StagedBlocks staged(OncePass pass) throws StoreException {
    try {
      BlockList list = AzureFailures.call(
          Operation.PUT,
          shown,
          () -> connection.exchanges().await(blob.listBlocks(BlockListType.UNCOMMITTED)));
      return list == null ? StagedBlocks.NONE : StagedBlocks.of(list, pass);
    } catch (StoreException e) {
      if (e.kind() == Kind.NOT_FOUND || e.kind() == Kind.ACCESS_DENIED) {
        return StagedBlocks.NONE;
      }
      throw e;
    }
  }

  @Override
  public boolean mayHold(int section) {
    return staged.mayHold(section);
  }

  @Override
  public boolean holds(int section, InputStream content) throws IOException {
    BlockId id = BlockId.read(section, content).id();
    boolean there = staged.holds(section, id);
    if (there) {
      blocks.set(section, id);
    }
    return there;
  }

  @Override
  public void send(SectionBody body) throws StoreException {
    BlockId.Block block = AzureFailures.call(Operation.PUT, shown, () -> read(body));
    Response<Void> answer = AzureFailures.call(
        Operation.PUT,
        shown,
        () -> connection
            .exchanges()
            .send(
                body,
                bytes -> blob.stageBlockWithResponse(
                    block.id().text(), bytes, body.lengthBytes(), block.md5(), null)));
    checkReceived(shown, answer, block.md5());
    blocks.set(body.section(), block.id());
  }

  private static BlockId.Block read(SectionBody body) throws IOException {
    try (InputStream content = body.openUnsent()) {
      return BlockId.read(body.section(), content);
    }
  }

  /** Makes the object of its blocks, if its name is free. */
  StoredObject commit(ObjectName name, long lengthBytes, BlobKind kind) throws StoreException {
    List<String> ids = IntStream.range(0, blocks.length())
        .mapToObj(section -> blocks.get(section).text())
        .toList();
    BlockBlobCommitBlockListOptions options = new BlockBlobCommitBlockListOptions(ids)
        .setRequestConditions(new BlobRequestConditions().setIfNoneMatch("*"));
    kind.applyTo(options);
    var answer = AzureFailures.call(
        Operation.PUT,
        shown,
        () -> connection.exchanges().await(blob.commitBlockListWithResponse(options)));
    return new StoredObject(
        name, lengthBytes, version(shown, answer.getHeaders().getValue(HttpHeaderName.ETAG)));
  }

  /** Without an ETag it is not a store's confirmation. */
  static String version(String shown, String etag) throws StoreException {
    if (etag == null || etag.isEmpty()) {
      throw AzureFailures.failed(
          Operation.PUT, shown, Kind.UNAVAILABLE, "the store's answer has no ETag");
    }
    return Etags.version(etag);
  }

  /** Compares the MD5 that the store tells, where it tells one, with that of what was sent. */
  static void checkReceived(String shown, Response<?> answer, byte[] md5) throws StoreException {
    String told = answer.getHeaders().getValue(HttpHeaderName.CONTENT_MD5);
    if (told != null && !told.equals(Base64.getEncoder().encodeToString(md5))) {
      throw AzureFailures.failed(
          Operation.PUT, shown, Kind.CORRUPT, "the store received other bytes than were sent");
    }
  }
}
