package io.coldstream.store.cloud;

import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.spi.OncePass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches for an upload of the same name that an earlier put left unfinished, in any process and on
 * any machine.
 *
 * <p>An upload that is found is a proposal: its parts have the numbers and lengths that parts of
 * the source have, and the first one is there and can be compared, so that it is known whose upload
 * it is before anything is sent into it. A store that does not list, or not to this identity, has
 * nothing to propose; that is no failure.
 */
final class UploadSearch {

  private static final Logger LOG = LoggerFactory.getLogger(UploadSearch.class);

  /** How many uploads of one name are looked into, the newest first. */
  private static final int MAX_LOOKED_INTO = 10;

  private final PartedDriver driver;
  private final DriverCalls calls;
  private final UnfinishedUploads unfinished;
  private final PartList partList;

  UploadSearch(PartedDriver driver, DriverCalls calls, UnfinishedUploads unfinished) {
    this.driver = driver;
    this.calls = calls;
    this.unfinished = unfinished;
    this.partList = new PartList(driver, calls);
  }

  /**
   * Searches.
   *
   * @throws StoreException {@link Kind#UNAVAILABLE} alone
   */
  Optional<UnfinishedUpload> find(
      PutRequest request, NewObject object, long partBytes, OncePass pass) throws StoreException {
    String shown = driver.keys().shown(object.name());
    try {
      List<Upload> candidates = candidates(shown, object);
      for (Upload candidate : candidates.subList(0, Math.min(candidates.size(), MAX_LOOKED_INTO))) {
        Optional<Map<Integer, Part>> parts = partList.fitting(shown, candidate.id(), pass);
        if (parts.isPresent() && beginsComparably(parts.get())) {
          return Optional.of(UnfinishedUpload.found(
              candidate.id(), request.source().lengthBytes(), partBytes, parts.get()));
        }
      }
      return Optional.empty();
    } catch (StoreException e) {
      return nothingUnless(e);
    }
  }

  /**
   * Asks again which parts an upload has, after something went wrong with one.
   *
   * @return whether they can still be this source's; where the store does not list, what is known
   *     stays
   */
  boolean refresh(String shown, UnfinishedUpload upload, OncePass pass) throws StoreException {
    try {
      Optional<Map<Integer, Part>> parts = partList.fitting(shown, upload.id(), pass);
      parts.ifPresent(upload::told);
      return parts.isPresent();
    } catch (StoreException e) {
      nothingUnless(e);
      upload.untold();
      return true;
    }
  }

  /**
   * An identity that may not list starts from scratch; a store that is out of order is asked again.
   */
  private static Optional<UnfinishedUpload> nothingUnless(StoreException e) throws StoreException {
    if (e.kind() == Kind.UNAVAILABLE) {
      throw e;
    }
    LOG.debug("unfinished uploads cannot be listed, none is resumed: {}", e.getMessage());
    return Optional.empty();
  }

  private boolean beginsComparably(Map<Integer, Part> parts) {
    Part first = parts.get(0);
    return first != null && PartTarget.isComparable(first, driver);
  }

  /** Uploads of exactly this name that were begun as this process would; the newest first. */
  private List<Upload> candidates(String shown, NewObject object) throws StoreException {
    String key = driver.keys().key(object.name());
    List<Upload> found = new ArrayList<>();
    UploadPages pages = new UploadPages(
        driver,
        calls,
        Operation.PUT,
        shown,
        new UploadQuery(key, Optional.of(object), Optional.empty()));
    UploadPage page;
    do {
      page = pages.next();
      page.uploads().stream()
          .filter(upload -> key.equals(upload.id().key()))
          .filter(upload -> !unfinished.isHopeless(upload.id()))
          .forEach(found::add);
    } while (isMoreOf(key, page.next()));
    found.sort(Comparator.comparing((Upload upload) -> upload.begun().orElse(Instant.EPOCH))
        .reversed());
    return found;
  }

  /** Longer keys follow: a page that ends with one is the last that matters. */
  private static boolean isMoreOf(String key, Optional<UploadPosition> next) {
    return next.filter(told -> told.key().equals(key) && !told.uploadId().isEmpty())
        .isPresent();
  }
}
