package io.coldstream.cli.compose;

import io.coldstream.cli.settings.RepositoryAddress;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.StoreException;
import io.coldstream.store.spi.StoreUrl;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Refuses a copy whose two places are the same, or one in the other.
 *
 * @param source where the repository is
 * @param target where it goes
 */
record PlaceOverlap(RepositoryAddress source, RepositoryAddress target) {

  /** A place on another endpoint is another place. */
  private static final String ENDPOINT = "endpoint";

  /**
   * Compares the places; no store is asked.
   *
   * @throws RunException {@link Kind#USAGE} when they overlap, or the target is in a database
   */
  void refuse() throws RunException {
    Optional<Path> folder = folder(target.url());
    if (folder.isPresent()) {
      FolderOverlap.with(source.url()).refuse(folder.get(), Optional.empty());
      FolderOverlap.with(target.url()).refuseAnyDatabase();
    } else if (isSameStore()) {
      String from = source.url().path();
      String to = target.url().path();
      if (from.equals(to)) {
        throw refused("is the repository that is copied");
      }
      if (isIn(to, from)) {
        throw refused("is inside the repository that is copied, " + source);
      }
      if (isIn(from, to)) {
        throw refused("contains the repository that is copied, " + source);
      }
    }
  }

  private boolean isSameStore() {
    return source.url().scheme().equals(target.url().scheme())
        && source.url().authority().equals(target.url().authority())
        && endpoint(source).equals(endpoint(target));
  }

  private static Optional<String> endpoint(RepositoryAddress address) {
    return Optional.ofNullable(address.storeSettings().get(ENDPOINT));
  }

  private static boolean isIn(String inner, String outer) {
    return outer.isEmpty() || inner.startsWith(outer + "/");
  }

  private RunException refused(String what) {
    return new RunException(
        Kind.USAGE, "--to " + target + " " + what + "; choose a prefix of its own");
  }

  private static Optional<Path> folder(StoreUrl url) throws RunException {
    try {
      return url.folder();
    } catch (StoreException e) {
      throw RunException.of(e);
    }
  }
}
