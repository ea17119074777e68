package io.coldstream.cli.output;

import java.util.List;
import java.util.Optional;

/**
 * The document that a command prints with {@code --json}, see {@code json-output.md}. A field whose
 * component is empty is missing, unless that component is marked to be null then.
 *
 * @param coldstream version of the contract
 * @param command what the command is called
 * @param exit the exit code; empty when a signal ended the command
 * @param warnings sentences for people
 * @param store with {@code --verbose}: the calls to the store
 * @param result what was found or done: the record of a command
 * @param error the failure
 */
record Document(
    int coldstream,
    String command,
    Optional<Integer> exit,
    List<String> warnings,
    Optional<StoreJson> store,
    Optional<Record> result,
    Optional<Error> error) {

  /** Version of the contract. */
  static final int FORMAT = 1;

  /** The object {@code error}. */
  record Error(String kind, String message, Optional<String> stack) {

    static Error of(Failure failure, boolean verbose) {
      return new Error(
          failure.kindName(),
          failure.message(),
          verbose ? Optional.of(String.join("\n", failure.stack())) : Optional.empty());
    }
  }
}
