package io.coldstream.core.repository;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The numbers under {@code manifests/}.
 *
 * @param backups those of backups, ascending
 * @param highest the highest that is taken, also by a manifest that was set aside; 0 for none
 * @param condemnations the documents of prunes that are there too
 */
public record ManifestNumbers(List<Long> backups, long highest, List<ObjectName> condemnations) {

  public ManifestNumbers {
    backups = List.copyOf(backups);
    condemnations = List.copyOf(condemnations);
  }

  static ManifestNumbers list(Repository repository, long from) throws RunException {
    ListCursor start = from <= 1 ? ListCursor.START : ListCursor.after(Layout.manifest(from - 1));
    List<ObjectName> names = new ArrayList<>();
    repository.each(Layout.MANIFESTS, start, object -> names.add(object.name()));
    List<Long> backups = new ArrayList<>();
    long highest = 0;
    for (ObjectName name : names) {
      Layout.sequence(name).ifPresent(backups::add);
      highest = Math.max(highest, Layout.takenNumber(name).orElse(0));
    }
    return new ManifestNumbers(
        backups, highest, names.stream().filter(Condemnation::isDocument).toList());
  }

  /** {@return the number of the newest backup} */
  public Optional<Long> newest() {
    return backups.isEmpty() ? Optional.empty() : Optional.of(backups.get(backups.size() - 1));
  }
}
