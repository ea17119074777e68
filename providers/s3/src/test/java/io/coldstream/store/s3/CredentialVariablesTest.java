package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** Credentials of one store alone, in a process whose environment has others. */
class CredentialVariablesTest {

  private static final String SECRET = "hunter2Plant3d";

  private static AwsCredentials credentials(Map<String, String> variables) {
    return new CredentialVariables(variables).sources().get(0).maker().get().resolveCredentials();
  }

  @Test
  void keysAreTakenWithTheTokenThatBelongsToThem() {
    AwsCredentials plain =
        credentials(Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", SECRET));
    assertThat(plain.accessKeyId()).isEqualTo("id");
    assertThat(plain).isNotInstanceOf(AwsSessionCredentials.class);

    AwsCredentials session = credentials(Map.of(
        "AWS_ACCESS_KEY_ID", "id",
        "AWS_SECRET_ACCESS_KEY", SECRET,
        "AWS_SESSION_TOKEN", "token"));
    assertThat(((AwsSessionCredentials) session).sessionToken()).isEqualTo("token");
  }

  @Test
  void whatIsMissingIsNamedAndNotLookedForElsewhere() {
    assertThatThrownBy(() -> credentials(Map.of("AWS_SECRET_ACCESS_KEY", SECRET)))
        .hasMessageContaining("AWS_ACCESS_KEY_ID is missing");
    assertThatThrownBy(() -> credentials(Map.of("AWS_WEB_IDENTITY_TOKEN_FILE", "/none")))
        .hasMessageContaining("AWS_ROLE_ARN is missing");
  }

  @Test
  void onlySourcesThatAVariableNamesAreAsked() {
    assertThat(names(Map.of("AWS_SESSION_TOKEN", "t"))).isEmpty();
    assertThat(names(Map.of("AWS_PROFILE", "vault"))).containsExactly("profile \"vault\"");
    assertThat(names(Map.of(
            "AWS_ACCESS_KEY_ID", "id",
            "AWS_WEB_IDENTITY_TOKEN_FILE", "/none",
            "AWS_PROFILE", "vault")))
        .containsExactly("environment", "web identity", "profile \"vault\"");
  }

  private static List<String> names(Map<String, String> variables) {
    CredentialVariables of = new CredentialVariables(variables);
    assertThat(of.toString()).doesNotContain("id", "/none");
    return of.sources().stream().map(CredentialSource::name).toList();
  }
}
