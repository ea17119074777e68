package io.coldstream.core.inspect;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.ObjectFault;
import io.coldstream.eventstore.DatabaseException;
import java.io.IOException;

/**
 * Thrown when a backup's index cannot be used: a part of it is missing or damaged, or it leads to a
 * place where no event can be read. The log alone may still have the answer.
 */
final class IndexFault extends IOException {

  private static final long serialVersionUID = 1L;

  private IndexFault(IOException cause) {
    super(cause.getMessage(), cause);
  }

  /** A search of the index. */
  @FunctionalInterface
  interface Search<T> {
    /** Searches. */
    T run() throws IOException;
  }

  /** Searches; altered bytes of an index may also lead to a wrong place of the log. */
  static <T> T in(Search<T> search) throws IOException {
    try {
      return search.run();
    } catch (DatabaseException e) {
      throw new IndexFault(e);
    } catch (ObjectFault e) {
      if (Layout.INDEX.holds(e.object())) {
        throw new IndexFault(e);
      }
      throw e;
    }
  }
}
