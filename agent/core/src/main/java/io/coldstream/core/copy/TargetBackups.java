package io.coldstream.core.copy;

import io.coldstream.core.repository.ManifestNumbers;
import io.coldstream.core.repository.Repair;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.RepositoryInfo;
import io.coldstream.core.repository.RepositoryLocation;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The repository at the target, if there is one, compared with the one that is copied: it must be the
 * same one, and no backup may have another content under the same number.
 */
final class TargetBackups {

  private final Repository source;
  private final RepositoryLocation location;
  private final Set<Long> there;
  private Optional<Repository> repository;

  /**
   * Opens the target.
   *
   * @throws RunException {@link Kind#CONFLICT} when it is another repository
   */
  TargetBackups(Repository source, RepositoryLocation location) throws RunException {
    this.source = source;
    this.location = location;
    this.repository = Side.TARGET.call(location::find);
    if (repository.isPresent()) {
      requireSame(repository.get().info());
    }
    this.there =
        new HashSet<>(repository.isPresent() ? numbers(repository.get()).backups() : List.of());
  }

  /** The repository at the target; empty while there is none. */
  Optional<Repository> repository() {
    return repository;
  }

  /** Makes the target a repository, the same one as the source, unless it is. */
  Repository create() throws RunException {
    if (repository.isEmpty()) {
      Repository made = Side.TARGET.call(() -> location.create(source.info()));
      // Another copy may have created it meanwhile, of another repository.
      requireSame(made.info());
      repository = Optional.of(made);
    }
    return repository.get();
  }

  private void requireSame(RepositoryInfo info) throws RunException {
    RepositoryInfo ours = source.info();
    if (!info.databaseId().equals(ours.databaseId())) {
      throw new RunException(
          Kind.CONFLICT,
          location.url() + " holds backups of another database (" + info.databaseId() + "; "
              + source.url() + " is of " + ours.databaseId() + "); choose an empty prefix");
    }
    if (!info.id().equals(ours.id())) {
      throw new RunException(
          Kind.CONFLICT,
          location.url() + " is another repository of the same database, not a copy of "
              + source.url() + "; choose an empty prefix");
    }
  }

  /**
   * Refuses to mix two histories. Up to the highest number that both have they must agree. Above it
   * only one of the two may have backups that the other has not.
   */
  void requireSameHistory(List<Long> selected) throws RunException {
    if (there.isEmpty()) {
      return;
    }
    List<Long> ours = Side.SOURCE.call(() -> numbers(source).backups());
    List<Long> common = new ArrayList<>(ours);
    common.retainAll(there);
    long agreed = common.isEmpty() ? 0 : common.get(common.size() - 1);
    requireSame(common);
    long newest = ours.isEmpty() ? 0 : ours.get(ours.size() - 1);
    long theirs = there.stream().mapToLong(Long::longValue).max().getAsLong();
    Optional<Long> beside = selected.stream()
        .filter(sequence -> sequence > agreed && !there.contains(sequence))
        .findFirst();
    if (theirs > newest && beside.isPresent()) {
      throw new RunException(
          Kind.CONFLICT,
          location.url() + " has backup " + theirs + ", which " + source.url()
              + " does not have, and lacks backup " + beside.get()
              + ": backups were made into both. Back up into one of them only, and copy that one;"
              + " to keep these backups too, copy them to an empty prefix");
    }
  }

  /** Compares the highest of these numbers whose manifest both sides can read. */
  private void requireSame(List<Long> common) throws RunException {
    for (int i = common.size() - 1; i >= 0; i--) {
      long sequence = common.get(i);
      try {
        Optional<Manifest> manifest = Side.SOURCE.call(() -> source.findManifest(sequence));
        if (manifest.isPresent() && holds(manifest.get())) {
          return;
        }
      } catch (RunException e) {
        // A damaged manifest tells nothing; it is met again when its backup is to be copied.
        if (e.kind() != Kind.REPOSITORY_DAMAGED) {
          throw e;
        }
      }
    }
  }

  /**
   * Whether a backup is at the target.
   *
   * @return false when there is none of its number
   * @throws RunException {@link Kind#CONFLICT} when there is another one of its number
   */
  boolean holds(Manifest manifest) throws RunException {
    long sequence = manifest.sequence();
    if (!there.contains(sequence)) {
      return false;
    }
    Optional<Manifest> theirs = Side.TARGET.call(() -> readable(sequence));
    if (theirs.isPresent() && !theirs.get().equals(manifest)) {
      throw other(sequence);
    }
    return theirs.isPresent();
  }

  /** The failure of a copy that meets another backup of the same number. */
  RunException other(long sequence) {
    return new RunException(
        Kind.CONFLICT,
        "backup " + sequence + " of " + location.url() + " is not backup " + sequence + " of "
            + source.url() + ": backups were made into both. Back up into one of them only;"
            + " nothing of the other is overwritten. Copy to an empty prefix instead");
  }

  private Optional<Manifest> readable(long sequence) throws RunException {
    try {
      return repository.orElseThrow().findManifest(sequence);
    } catch (RunException e) {
      throw e.kind() == Kind.REPOSITORY_DAMAGED
          ? new RunException(
              e.kind(), location.url() + ": " + e.getMessage() + Repair.ofManifest(e, sequence), e)
          : e;
    }
  }

  private static ManifestNumbers numbers(Repository repository) throws RunException {
    return repository.numbers(0);
  }
}
