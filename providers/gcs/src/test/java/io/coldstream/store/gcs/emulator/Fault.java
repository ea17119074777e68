package io.coldstream.store.gcs.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * What befalls a request. Each method may hang up by throwing {@link IOException}; as they stand
 * here they let everything pass.
 */
public interface Fault {

  /** Nothing befalls it. */
  Fault NONE = new Fault() {};

  /** An answer in place of the request's effect. */
  default Optional<Answer> instead() throws IOException {
    return Optional.empty();
  }

  /** The body as it arrives. An end too early is one of a server that keeps only a part. */
  default InputStream incoming(InputStream body) {
    return body;
  }

  /** The answer as it leaves, after the effect. */
  default Answer outgoing(Answer answer) throws IOException {
    return answer;
  }
}
