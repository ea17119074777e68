package io.coldstream.core.backup.plan;

import io.coldstream.core.repository.manifest.PageEntry;
import java.util.List;
import java.util.Optional;

/**
 * A page of the planned backup: the completed chunks of one thousand numbers.
 *
 * @param firstNumber first chunk number of the thousand
 * @param unchanged the newest backup's page, when it can be referred to as it is
 * @param files the chunks, when the page is to be written; else empty
 */
public record PlannedPage(int firstNumber, Optional<PageEntry> unchanged, List<PlannedFile> files) {

  /**
   * Checks and copies the values.
   *
   * @throws IllegalArgumentException unless it is either unchanged or has files
   */
  public PlannedPage {
    files = List.copyOf(files);
    if (unchanged.isPresent() != files.isEmpty()) {
      throw new IllegalArgumentException("page from " + firstNumber + " of " + files.size());
    }
  }

  /** {@return how many chunk files it lists} */
  public long fileCount() {
    return unchanged.map(PageEntry::files).orElse(files.size());
  }

  /** {@return the sum of their lengths} */
  public long fileBytes() {
    return unchanged
        .map(PageEntry::fileBytes)
        .orElseGet(() -> files.stream().mapToLong(PlannedFile::lengthBytes).sum());
  }
}
