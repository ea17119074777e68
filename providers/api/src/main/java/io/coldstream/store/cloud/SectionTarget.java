package io.coldstream.store.cloud;

import io.coldstream.store.StoreException;
import java.io.IOException;
import java.io.InputStream;

/**
 * An unfinished upload, as {@link SectionSender} fills it. {@link #send} is called by several threads
 * at once, each section once; everything else by the thread that puts.
 */
public interface SectionTarget {

  /**
   * Whether the store listed this section, so that it is worth reading it to compare.
   *
   * @param section its number, from 0
   * @return whether something of the right length is there under its number
   */
  boolean mayHold(int section);

  /**
   * Reads a section and says whether the store holds just that.
   *
   * @param section its number, from 0
   * @param content its bytes; read to the end here
   * @return true when it need not be sent
   * @throws IOException what reading throws
   * @throws StoreException when the whole upload proves to be another content's
   */
  boolean holds(int section, InputStream content) throws IOException;

  /**
   * Sends a section.
   *
   * @param body its bytes
   * @throws StoreException when the store did not confirm it
   */
  void send(SectionBody body) throws StoreException;
}
