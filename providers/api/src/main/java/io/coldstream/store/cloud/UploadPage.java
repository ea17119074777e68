package io.coldstream.store.cloud;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A page of a listing of unfinished uploads.
 *
 * @param listed what tells the entries of the page apart, also of those that are no uploads
 * @param uploads the uploads among them
 * @param next where the store continues; empty on the last page
 * @param time the store's time when it answered, where it tells it
 */
public record UploadPage(
    List<String> listed,
    List<Upload> uploads,
    Optional<UploadPosition> next,
    Optional<Instant> time) {

  /** Copies the lists. */
  public UploadPage {
    listed = List.copyOf(listed);
    uploads = List.copyOf(uploads);
  }
}
