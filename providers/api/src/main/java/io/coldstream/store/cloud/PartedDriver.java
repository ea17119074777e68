package io.coldstream.store.cloud;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The calls of a store that keeps numbered parts of a named upload, in whatever order they arrive:
 * what {@link PartedPut} needs. {@link #uploads} tells the key of the last upload as the position of
 * the next page.
 *
 * <p>A call about an upload that cannot be continued is an {@link UploadGoneException}.
 */
public interface PartedDriver extends CloudDriver {

  /**
   * Begins an upload.
   *
   * @param object what it will become
   * @return what the store calls the upload; empty when its answer does not tell
   * @throws IOException any failure
   */
  String begin(NewObject object) throws IOException;

  /**
   * Sends a part. One that is there under its number is replaced.
   *
   * @param upload to which upload
   * @param body its number and bytes
   * @return what the store answered
   * @throws IOException any failure
   */
  PartAnswer send(UploadId upload, SectionBody body) throws IOException;

  /**
   * Lists one page of the parts of an upload.
   *
   * @param upload which
   * @param from where the store continues
   * @return what the store answered
   * @throws IOException any failure
   */
  PartPage parts(UploadId upload, OptionalInt from) throws IOException;

  /**
   * Makes the object of its parts, if its name is free.
   *
   * @param upload which
   * @param parts all of them, in order, each with its checksum
   * @return what the store answered
   * @throws IOException any failure
   */
  CompletionAnswer complete(UploadId upload, List<Part> parts) throws IOException;

  /**
   * How a part's tag is computed from its bytes.
   *
   * @param part a part without a checksum
   * @return the digest whose hexadecimal form the tag is; empty when the tag tells nothing of the bytes
   */
  Optional<MessageDigest> tagDigest(Part part);

  /**
   * Which version an object has that is made of parts.
   *
   * @param parts all of them, in order
   * @return the version; empty where it cannot be computed
   */
  Optional<String> versionOf(List<Part> parts);
}
