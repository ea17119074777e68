package io.coldstream.core.repository;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPages;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Explains why a repository has no manifest: it is new, its first backup was interrupted, or its
 * manifests were lost.
 */
public final class NoBackup {

  /** What a backup sends last before its manifest. */
  private static final List<ObjectPrefix> LAST = List.of(Layout.PAGES, Layout.ACTIVE);

  private static final List<ObjectPrefix> EARLIER =
      List.of(Layout.CHECKPOINTS, Layout.INDEX, Layout.CHUNKS, Layout.PROGRESS);

  private NoBackup() {}

  /**
   * Finds out, by listing.
   *
   * @param repository a repository whose listing shows no manifest
   * @return the failure of a command that needs a backup: {@link Kind#REPOSITORY_DAMAGED} when a
   *     backup may once have been there, else {@link Kind#USAGE}
   * @throws RunException what the store's failure means
   */
  public static RunException found(Repository repository) throws RunException {
    try {
      Optional<String> last = first(repository, LAST);
      if (last.isPresent()) {
        return new RunException(
            Kind.REPOSITORY_DAMAGED,
            repository.url() + " holds objects of a backup, such as " + last.get()
                + ", but no manifest under " + Layout.MANIFESTS + ", and nothing can be restored"
                + " without one. If manifests were deleted, restore them: a bucket with"
                + " versioning keeps them. If the first backup was interrupted at its end,"
                + " run it again: it reuses what was uploaded");
      }
      if (first(repository, EARLIER).isPresent()) {
        return new RunException(
            Kind.USAGE,
            repository.url() + " holds no complete backup yet: the first backup was interrupted, or"
                + " is still running. Run it again: it reuses what was uploaded");
      }
      return new RunException(Kind.USAGE, repository.url() + " holds no backup yet");
    } catch (StoreException e) {
      throw RunException.of(e);
    }
  }

  private static Optional<String> first(Repository repository, List<ObjectPrefix> prefixes)
      throws StoreException {
    List<String> names = new ArrayList<>();
    for (ObjectPrefix prefix : prefixes) {
      ListPages.<RuntimeException>each(repository.store(), prefix, ListCursor.START, page -> {
        page.objects().stream()
            .limit(1)
            .forEach(object -> names.add(object.name().value()));
        return names.isEmpty();
      });
      if (!names.isEmpty()) {
        break;
      }
    }
    return names.stream().findFirst();
  }
}
