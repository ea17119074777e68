package io.coldstream.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.support.failure.RunException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is set for the target of a copy, and for nothing else. */
class TargetSettingsTest {

  private static final String SECRET = "hunter2Plant3d";

  private static TargetSettings of(Map<String, String> environment) {
    return TargetSettings.of(
        Map.of("region", new Located("eu-west-1", new Origin.InFile(Path.of("/c.yaml"), 3))),
        environment,
        Path.of("/home/me"));
  }

  @Test
  void aTargetHasTheCredentialsOfItsProviderAlone() throws Exception {
    TargetSettings target = of(Map.of(
        "COLDSTREAM_TO_AWS_SECRET_ACCESS_KEY",
        SECRET,
        "COLDSTREAM_TO_AZURE_STORAGE_KEY",
        SECRET,
        "AWS_ACCESS_KEY_ID",
        "of the source",
        "COLDSTREAM_TO_AWS_PROFILE",
        ""));

    assertThat(target.address("s3://bucket/p").credentials().variables())
        .containsExactly(Map.entry("AWS_SECRET_ACCESS_KEY", SECRET));
    assertThat(target.address("az://account/container").credentials().variables())
        .containsExactly(Map.entry("AZURE_STORAGE_KEY", SECRET));
    assertThat(target.address("gs://bucket/p").credentials().isSet()).isFalse();
    assertThat(target + " " + target.address("s3://bucket/p").credentials()).doesNotContain(SECRET);
  }

  @Test
  void theSectionIsReadForTheTargetsProviderAndTheQueryWins() throws Exception {
    TargetSettings target = of(Map.of());

    assertThat(target.address("s3://bucket/p").storeSettings())
        .containsEntry("region", "eu-west-1");
    assertThat(target.address("s3://bucket/p?region=us-east-1").storeSettings())
        .containsEntry("region", "us-east-1");
    assertThat(target.address("az://account/container").storeSettings()).isEmpty();
    assertThatThrownBy(() -> target.address("az://account/container?region=x"))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("region")
        .hasMessageContaining("option --to");
  }

  @Test
  void aUrlThatIsNoneIsRefusedWithoutRepeatingIt() {
    assertThatThrownBy(() -> of(Map.of()).address("s3://bucket/p?sig=" + SECRET))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("setting \"to\" (option --to)")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(SECRET));
  }
}
