package io.coldstream.store;

import java.io.IOException;
import java.io.InputStream;

/**
 * Content that a put sends: of known length, readable again from any offset. It decides whether it
 * may become visible.
 *
 * <p>A store reads each byte at least once and in order; when a part must be sent again it opens the
 * content again at that part's offset. Thread-safe.
 */
public interface ObjectSource {

  /**
   * How long the content is.
   *
   * @return the length in bytes, the same for the life of the source
   */
  long lengthBytes();

  /**
   * Opens the content.
   *
   * @param offsetBytes where to start, 0 to {@link #lengthBytes()}
   * @return the bytes from there on; the store closes it, and reads at most one byte more
   *     the length, to find out whether the content is longer than it said
   * @throws IOException when the source cannot be read; becomes {@link
   *     StoreException.Kind#SOURCE_UNREADABLE}. A {@link StoreException} of the kind {@link
   *     StoreException.Kind#UNAVAILABLE}, also while the bytes are read, keeps its kind: the source is
   *     a store, nothing is wrong with the content, and another put can resume this one
   */
  InputStream open(long offsetBytes) throws IOException;

  /**
   * Every body of a request passes through here, each time it is sent. Bytes that a store only reads,
   * because it compares them or takes them into memory first, do not. A source that decorates another
   * one calls its method.
   *
   * @param body bytes of this content, about to be sent
   * @return the same bytes, at their own pace; called by several threads at once
   */
  default InputStream sending(InputStream body) {
    return body;
  }

  /**
   * Starts a pass over the content. A store begins one pass for each put, feeds it every byte once,
   * in order, and asks for its approval before the completing call (or before the last bytes are
   * handed over, where those complete the object).
   *
   * @return a pass of its own for each call
   */
  Pass begin();

  /** One pass over the content from its first byte to its last. Used by one thread at a time. */
  interface Pass {

    /**
     * The next bytes.
     *
     * @param bytes holds them; not kept
     * @param offset where they start in the array
     * @param length how many, 1 or more
     * @throws IOException when they cannot be right; nothing becomes visible
     */
    void accept(byte[] bytes, int offset, int length) throws IOException;

    /**
     * Asked once, after the last byte: whether the content is what it must be.
     *
     * @throws IOException when it is not; nothing becomes visible
     */
    void approve() throws IOException;
  }
}
