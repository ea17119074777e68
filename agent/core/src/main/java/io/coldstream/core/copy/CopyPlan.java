package io.coldstream.core.copy;

import io.coldstream.core.repository.manifest.StoredBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/**
 * What a copy will send. It is complete before the first byte moves, and prints itself.
 *
 * @param newRepository whether there is no repository at the target yet
 * @param backups what is to be there, the newest first
 * @param passedOver backups that cannot be copied, with the reason
 * @param presentObjects how many of their objects are at the target
 * @param presentBytes the bytes of these
 */
public record CopyPlan(
    boolean newRepository,
    List<PlannedBackup> backups,
    List<CopiedBackup> passedOver,
    long presentObjects,
    long presentBytes) {

  public CopyPlan {
    backups = List.copyOf(backups);
    passedOver = List.copyOf(passedOver);
  }

  /** {@return every object that has to be sent} */
  public List<StoredBytes> toSend() {
    return backups.stream().flatMap(backup -> backup.missing().stream()).toList();
  }

  /** {@return how many bytes have to be sent, without the manifests} */
  public long bytesToSend() {
    return backups.stream().mapToLong(PlannedBackup::bytesToSend).sum();
  }

  /**
   * The plan for people.
   *
   * @param size how a number of bytes is printed
   * @return a line for each object, backup by backup, then the sums
   */
  public List<String> lines(LongFunction<String> size) {
    List<String> lines = new ArrayList<>();
    for (PlannedBackup backup : backups) {
      lines.add("backup " + backup.sequence());
      backup
          .missing()
          .forEach(object ->
              lines.add(line(size.apply(object.lengthBytes()), object.object().value())));
      lines.add(line("manifest", backup.present() ? "at the target already" : "to be sent"));
    }
    lines.add("to send: " + toSend().size() + " objects, " + size.apply(bytesToSend())
        + "; at the target already: " + presentObjects + " objects, " + size.apply(presentBytes));
    return lines;
  }

  private static String line(String amount, String rest) {
    return String.format(Locale.ROOT, "  %11s  %s", amount, rest);
  }
}
