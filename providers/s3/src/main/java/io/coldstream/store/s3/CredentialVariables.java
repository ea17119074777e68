package io.coldstream.store.s3;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFileSupplier;

/**
 * Credentials in variables that are not those of this process's environment. No other place is
 * looked at: it would have those of another identity.
 */
final class CredentialVariables {

  private static final String KEY_ID = "AWS_ACCESS_KEY_ID";
  private static final String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";
  private static final String TOKEN = "AWS_SESSION_TOKEN";
  private static final String ROLE = "AWS_ROLE_ARN";
  private static final String TOKEN_FILE = "AWS_WEB_IDENTITY_TOKEN_FILE";
  private static final String PROFILE = "AWS_PROFILE";

  private final Map<String, String> variables;

  CredentialVariables(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** The sources that the variables name, in the order of the SDK's default chain. */
  List<CredentialSource> sources() {
    List<CredentialSource> sources = new ArrayList<>();
    if (variables.containsKey(KEY_ID) || variables.containsKey(SECRET_KEY)) {
      sources.add(new CredentialSource("environment", () -> true, this::ofKeys, ""));
    }
    if (variables.containsKey(TOKEN_FILE)) {
      sources.add(new CredentialSource("web identity", () -> true, this::ofTokenFile, ""));
    }
    if (variables.containsKey(PROFILE)) {
      sources.add(CredentialSource.ofProfile(
          ProfileFileSupplier::defaultSupplier, variables.get(PROFILE), true));
    }
    return sources;
  }

  private AwsCredentialsProvider ofKeys() {
    String id = required(KEY_ID);
    String secret = required(SECRET_KEY);
    String token = variables.get(TOKEN);
    return StaticCredentialsProvider.create(
        token == null
            ? AwsBasicCredentials.create(id, secret)
            : AwsSessionCredentials.create(id, secret, token));
  }

  private AwsCredentialsProvider ofTokenFile() {
    return WebIdentityTokenFileCredentialsProvider.builder()
        .roleArn(required(ROLE))
        .webIdentityTokenFile(Path.of(required(TOKEN_FILE)))
        .build();
  }

  private String required(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalStateException("of the credentials for this store, " + name
          + " is missing; set it with the same prefix as the others");
    }
    return value;
  }

  /** Hides the values. */
  @Override
  public String toString() {
    return "CredentialVariables" + variables.keySet();
  }
}
