package io.coldstream.store.testkit.standin;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.Function;

/** Where a stand-in comes from. */
final class Source {

  private Source() {}

  /**
   * Starts an installed program.
   *
   * @param recipe from the file that is run
   * @return scheme, host and port
   * @throws IllegalStateException if it is not installed or does not start
   */
  static URI start(Program program, Function<Path, Server.Recipe> recipe) {
    return Server.start(program.title(), recipe.apply(installed(program).file()))
        .endpoint();
  }

  static Program.Installed installed(Program program) {
    return program
        .find()
        .orElseThrow(() -> new IllegalStateException(
            program.title() + " is not installed; .ci/standins installs it"));
  }
}
