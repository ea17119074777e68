package io.coldstream.store.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.rest.Response;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.Block;
import com.azure.storage.blob.models.BlockList;
import com.azure.storage.blob.models.BlockListType;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.specialized.BlockBlobAsyncClient;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.Etags;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.cloud.SectionBody;
import io.coldstream.store.cloud.SectionTarget;
import io.coldstream.store.spi.OncePass;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One object that is sent in blocks. What an earlier put of the name has staged counts where a block's
 * name, which has its number and its content's digest, and its length are those that the source
 * gives; other blocks are left alone, never committed, and expire.
 *
 * <p>That a block holds what its name says is trusted: the service tells names and lengths alone, and
 * checks no content when blocks are committed. An identity that may write under the prefix could
 * stage other bytes of that length under the name, at any time up to the commit; a reader of the
 * object compares its digest.
 */
final class BlockUpload implements SectionTarget {

  private static final Logger LOG = LoggerFactory.getLogger(BlockUpload.class);

  private final AzureConnection connection;
  private final BlockBlobAsyncClient blob;
  private final String shown;
  private final StagedBlocks staged;
  private final AtomicReferenceArray<BlockId> blocks;

  private BlockUpload(AzureConnection connection, String key, String shown, OncePass pass)
      throws StoreException {
    this.connection = connection;
    this.blob = connection.blob(key);
    this.shown = shown;
    this.staged = StagedBlocks.of(uncommitted(connection, key, shown), pass);
    this.blocks = new AtomicReferenceArray<>(pass.sections());
  }

  /** Asks what is there already. An identity that may not know it sends everything again. */
  static BlockUpload begin(AzureConnection connection, String key, String shown, OncePass pass)
      throws StoreException {
    return new BlockUpload(connection, key, shown, pass);
  }

  /** The blocks of a blob that nobody has committed; none where this identity may not ask. */
  private static List<Block> uncommitted(AzureConnection connection, String key, String shown)
      throws StoreException {
    try {
      return AzureFailures.call(Operation.PUT, shown, () -> uncommitted(connection, key));
    } catch (StoreException e) {
      if (e.kind() == Kind.ACCESS_DENIED) {
        LOG.debug("staged blocks cannot be listed, none is resumed: {}", e.getMessage());
        return List.of();
      }
      if (e.kind() == Kind.NOT_FOUND) {
        return List.of();
      }
      throw e;
    }
  }

  /** The blocks of a blob that nobody has committed. */
  static List<Block> uncommitted(AzureConnection connection, String key) throws IOException {
    BlockList list =
        connection.exchanges().await(connection.blob(key).listBlocks(BlockListType.UNCOMMITTED));
    return list == null || list.getUncommittedBlocks() == null
        ? List.of()
        : list.getUncommittedBlocks();
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

  /** Makes the object of its blocks, if its name is free: its version. */
  String commit(BlobKind kind) throws StoreException {
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
    // Without an ETag it is not a store's confirmation.
    return Optional.ofNullable(answer.getHeaders().getValue(HttpHeaderName.ETAG))
        .filter(etag -> !etag.isEmpty())
        .map(Etags::version)
        .orElseThrow(() -> AzureFailures.failed(
            Operation.PUT, shown, Kind.UNAVAILABLE, "the store's answer has no version"));
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
