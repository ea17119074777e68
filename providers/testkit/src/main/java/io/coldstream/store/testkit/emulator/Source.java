package io.coldstream.store.testkit.emulator;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Where an emulator comes from: decides by what is installed, and by whether an engine runs. */
final class Source {

  private Source() {}

  /**
   * The version that is to be had.
   *
   * @return the program's, empty when that tells none; or the image's; or nothing
   */
  static Optional<String> version(Program program) {
    return program
        .find()
        .map(Program.Installed::version)
        .or(() -> image(program).map(image -> image.version() + "-image"));
  }

  /**
   * Starts an installed program, or its image.
   *
   * @param recipe from the file that is run
   * @param inContainer how the image is run
   * @return scheme, host and port
   * @throws IllegalStateException if neither is to be had, or it does not start
   */
  static URI start(
      Program program, Function<Path, Server.Recipe> recipe, Image.Recipe inContainer) {
    return program.find().isEmpty() && image(program).isPresent()
        ? image(program).get().start(inContainer)
        : start(program, recipe);
  }

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
            program.title() + " is not installed; .ci/emulators installs it"));
  }

  private static Optional<Image> image(Program program) {
    return program.image().filter(image -> Image.engine());
  }
}
