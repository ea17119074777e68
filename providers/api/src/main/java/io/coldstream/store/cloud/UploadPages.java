package io.coldstream.store.cloud;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.util.Optional;

/** The pages of one listing of unfinished uploads: one request for each. Not thread-safe. */
final class UploadPages {

  private final CloudDriver driver;
  private final DriverCalls calls;
  private final Operation operation;
  private final String shown;
  private final ListingGuard guard;
  private UploadQuery query;
  private Optional<UploadPage> last = Optional.empty();

  /**
   * A listing; nothing is asked yet.
   *
   * @param shown what is listed, as messages name it
   * @param first the query of the first page
   */
  UploadPages(
      CloudDriver driver, DriverCalls calls, Operation operation, String shown, UploadQuery first) {
    this.driver = driver;
    this.calls = calls;
    this.operation = operation;
    this.shown = shown;
    this.query = first;
    this.guard = new ListingGuard(operation, shown, "unfinished uploads");
  }

  /** Asks for the next page; only when the one before said that there is one. */
  UploadPage next() throws StoreException {
    if (last.isPresent()) {
      query = new UploadQuery(query.prefix(), query.like(), Optional.of(position(last.get())));
    }
    UploadQuery asked = query;
    UploadPage page = calls.call(operation, shown, () -> driver.uploads(asked));
    last = Optional.of(page);
    return page;
  }

  private UploadPosition position(UploadPage page) throws StoreException {
    UploadPosition next = page.next()
        .filter(told -> !told.key().isEmpty())
        .orElseThrow(() -> DriverCalls.failed(
            operation, shown, Kind.REJECTED, "the store says that there is more, but not where"));
    guard.page(page.listed(), Optional.of(next.key() + " " + next.uploadId()));
    return next;
  }
}
