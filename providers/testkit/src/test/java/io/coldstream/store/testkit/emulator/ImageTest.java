package io.coldstream.store.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTest {

  private static final Path CHECKOUT =
      Path.of(System.getProperty("basedir", "")).resolve("../..");

  /** What is found out with the one must hold for the other. */
  @ParameterizedTest
  @CsvSource({
    "AZURITE, .ci/azurite/package.json, '\"azurite\": \"%s\"'",
    "LOCALSTACK, .ci/localstack/requirements.txt, '==%s'",
    "FAKE_GCS_SERVER, .ci/emulators, 'version_of_fake_gcs_server=%s'"
  })
  void anImageHasTheVersionOfTheInstalledProgram(Program program, String file, String text)
      throws Exception {
    assertThat(CHECKOUT.resolve(file))
        .content()
        .contains(String.format(Locale.ROOT, text, program.image().orElseThrow().version()));
  }
}
