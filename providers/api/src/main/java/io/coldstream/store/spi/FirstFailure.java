package io.coldstream.store.spi;

import java.io.IOException;
import java.util.Optional;

/** Runs steps until one of them fails. Every later step fails with that first failure. */
final class FirstFailure {

  private IOException failure;

  /** A step that may fail. */
  interface Step {
    int run() throws IOException;
  }

  /** Runs a step. A runtime exception counts as a failure of the source. */
  int guard(Step step) throws IOException {
    if (failure != null) {
      // A new exception, because a transport may have closed over the first one.
      throw new IOException(failure.getMessage(), failure);
    }
    try {
      return step.run();
    } catch (IOException e) {
      failure = e;
      throw e;
    } catch (RuntimeException e) {
      failure = new IOException("the source failed: " + e, e);
      throw failure;
    }
  }

  Optional<IOException> get() {
    return Optional.ofNullable(failure);
  }
}
