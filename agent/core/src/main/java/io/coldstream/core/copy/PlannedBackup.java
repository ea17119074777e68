package io.coldstream.core.copy;

import io.coldstream.core.repository.manifest.StoredBytes;
import java.util.List;

/**
 * A backup that is to be at the target.
 *
 * @param sequence its number
 * @param present whether its manifest is there
 * @param missing what the target lacks of its objects and what no backup before it in the plan sends,
 *     in the order of the groups
 */
public record PlannedBackup(long sequence, boolean present, List<StoredBytes> missing) {

  public PlannedBackup {
    missing = List.copyOf(missing);
  }

  /** The objects of a group. */
  List<StoredBytes> missing(Group group) {
    return missing.stream().filter(o -> Group.of(o.object()) == group).toList();
  }

  /** {@return how many bytes have to be sent, without the manifest} */
  public long bytesToSend() {
    return missing.stream().mapToLong(StoredBytes::lengthBytes).sum();
  }
}
