package io.coldstream.store.s3;

import io.coldstream.store.s3.CredentialChain.CredentialException.Reason;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSupplier;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.profiles.ProfileProperty;
import software.amazon.awssdk.utils.SystemSetting;

/**
 * A place where credentials are looked for.
 *
 * @param name what a message calls it
 * @param configured whether somebody wants it to be used, so that its failure is to be told
 * @param maker makes the SDK's provider; not asked before its turn
 * @param advice what to do about a refusal; empty when the refusal says it
 * @param origin whose credentials it gives, as the doctor tells it; no secret
 */
record CredentialSource(
    String name,
    BooleanSupplier configured,
    Supplier<AwsCredentialsProvider> maker,
    String advice,
    String origin) {

  /** A source whose name says it all. */
  CredentialSource(
      String name,
      BooleanSupplier configured,
      Supplier<AwsCredentialsProvider> maker,
      String advice) {
    this(name, configured, maker, advice, name);
  }

  /** Those of the SDK's default chain. */
  static List<CredentialSource> all() {
    return List.of(
        new CredentialSource(
            "system properties",
            () -> System.getProperty(SdkSystemSetting.AWS_ACCESS_KEY_ID.property()) != null,
            SystemPropertyCredentialsProvider::create,
            "",
            "from the Java property aws.accessKeyId"),
        new CredentialSource(
            "environment",
            () -> isSet(SdkSystemSetting.AWS_ACCESS_KEY_ID)
                || isSet(SdkSystemSetting.AWS_SECRET_ACCESS_KEY),
            EnvironmentVariableCredentialsProvider::create,
            "",
            "from AWS_ACCESS_KEY_ID"),
        new CredentialSource(
            "web identity",
            () -> isSet(SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE),
            WebIdentityTokenFileCredentialsProvider::create,
            "",
            "web identity"
                + SdkSystemSetting.AWS_ROLE_ARN
                    .getStringValue()
                    .map(CredentialSource::role)
                    .orElse("")),
        ofProfile(
            ProfileFileSupplier::defaultSupplier,
            ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow(),
            ProfileFileSystemSetting.AWS_PROFILE.getNonDefaultStringValue().isPresent()),
        new CredentialSource(
            "container credentials",
            () -> isSet(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI)
                || isSet(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI),
            () -> ContainerCredentialsProvider.builder().build(),
            "",
            "role of this container"),
        new CredentialSource(
            "machine's metadata service",
            () -> false,
            InstanceProfileCredentialsProvider::create,
            "",
            "role of this machine, by its metadata service"));
  }

  /** The name within a role's ARN. */
  private static String role(String arn) {
    return ", role " + arn.substring(arn.lastIndexOf('/') + 1);
  }

  /**
   * A profile of {@code ~/.aws}.
   *
   * @param files makes what reads the files: it keeps them until it notices that they changed
   * @param name the profile's name
   * @param named whether somebody chose the profile, so that it must be there
   */
  static CredentialSource ofProfile(
      Supplier<? extends Supplier<ProfileFile>> files, String name, boolean named) {
    Optional<ProfileFile> readable = readable(files.get());
    Optional<Profile> profile = readable.flatMap(f -> f.profile(name));
    boolean sso = profile
        .filter(p -> p.property(ProfileProperty.SSO_START_URL).isPresent()
            || p.property("sso_session").isPresent())
        .isPresent();
    boolean process =
        profile.flatMap(p -> p.property(ProfileProperty.CREDENTIAL_PROCESS)).isPresent();
    String shown = "profile \"" + name + "\"" + (process ? ", credential_process" : "");
    String role = profile
        .flatMap(p -> p.property(ProfileProperty.ROLE_ARN)
            .or(() -> p.property(ProfileProperty.SSO_ROLE_NAME)))
        .map(CredentialSource::role)
        .orElse("");
    return new CredentialSource(
        shown,
        () -> named
            || readable.isEmpty()
            || profile.filter(CredentialSource::hasCredentials).isPresent(),
        () -> ProfileCredentialsProvider.builder()
            .profileFile(files.get())
            .profileName(name)
            .build(),
        sso ? "single sign-on has expired; run aws sso login --profile " + name : "",
        shown + role);
  }

  private static Optional<ProfileFile> readable(Supplier<ProfileFile> file) {
    try {
      return Optional.of(file.get());
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static boolean hasCredentials(Profile profile) {
    return profile.properties().keySet().stream()
        .anyMatch(name -> name.startsWith("aws_")
            || name.startsWith("sso_")
            || name.startsWith("role_")
            || name.startsWith("credential_")
            || name.startsWith("web_identity_")
            || name.equals("source_profile"));
  }

  private static boolean isSet(SystemSetting setting) {
    return setting.getStringValue().filter(value -> !value.isBlank()).isPresent();
  }

  /** Why it gave no credentials; empty where nobody wants it to be used. */
  Optional<Reason> failure(RuntimeException e) {
    return SourceFailure.reason(this, e);
  }
}
