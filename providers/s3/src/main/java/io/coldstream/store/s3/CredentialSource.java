package io.coldstream.store.s3;

import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.ForeignText;
import io.coldstream.store.network.HostException;
import io.coldstream.store.s3.CredentialChain.CredentialException.Reason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkServiceException;
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
 */
record CredentialSource(
    String name,
    BooleanSupplier configured,
    Supplier<AwsCredentialsProvider> maker,
    String advice) {

  private static final Set<String> PASSING_CODES =
      Set.of("IDPCommunicationError", "Throttling", "ThrottlingException", "RequestLimitExceeded");

  /** Those of the SDK's default chain. */
  static List<CredentialSource> all() {
    return List.of(
        new CredentialSource(
            "system properties",
            () -> System.getProperty(SdkSystemSetting.AWS_ACCESS_KEY_ID.property()) != null,
            SystemPropertyCredentialsProvider::create,
            ""),
        new CredentialSource(
            "environment",
            () -> isSet(SdkSystemSetting.AWS_ACCESS_KEY_ID)
                || isSet(SdkSystemSetting.AWS_SECRET_ACCESS_KEY),
            EnvironmentVariableCredentialsProvider::create,
            ""),
        new CredentialSource(
            "web identity",
            () -> isSet(SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE),
            WebIdentityTokenFileCredentialsProvider::create,
            ""),
        ofProfile(
            ProfileFileSupplier::defaultSupplier,
            ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow(),
            ProfileFileSystemSetting.AWS_PROFILE.getNonDefaultStringValue().isPresent()),
        new CredentialSource(
            "container credentials",
            () -> isSet(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI)
                || isSet(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI),
            () -> ContainerCredentialsProvider.builder().build(),
            ""),
        new CredentialSource(
            "machine's metadata service",
            () -> false,
            InstanceProfileCredentialsProvider::create,
            ""));
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
    String shown = "profile \"" + name + "\"";
    return new CredentialSource(
        process ? shown + ", credential_process" : shown,
        () -> named
            || readable.isEmpty()
            || profile.filter(CredentialSource::hasCredentials).isPresent(),
        () -> ProfileCredentialsProvider.builder()
            .profileFile(files.get())
            .profileName(name)
            .build(),
        sso ? "single sign-on has expired; run aws sso login --profile " + name : "");
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
    boolean machine = e.getMessage() != null && causes(e).anyMatch(CredentialSource::isAnswered);
    if (!configured.getAsBoolean() && !(machine && isPassing(e))) {
      return Optional.empty();
    }
    Optional<HostException> way = causes(e)
        .filter(HostException.class::isInstance)
        .map(HostException.class::cast)
        .findFirst();
    if (way.isPresent()) {
      return way.map(host -> new Reason(host.kind(), name + ": " + host.getMessage()));
    }
    if (isPassing(e)) {
      return Optional.of(new Reason(Kind.UNAVAILABLE, name + ": " + words(e) + "; try again"));
    }
    Kind kind = causes(e).anyMatch(CertificateException.class::isInstance)
        ? Kind.REJECTED
        : Kind.ACCESS_DENIED;
    String what = advice.isEmpty() ? words(e) : advice;
    return Optional.of(new Reason(kind, name + ": " + what));
  }

  /** Whether somebody was there: on a machine without a metadata service nobody is. */
  private static boolean isAnswered(Throwable e) {
    return e instanceof SdkServiceException
        || (e instanceof SocketTimeoutException
            && String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("read"));
  }

  private static boolean isPassing(Throwable failure) {
    if (causes(failure).anyMatch(CertificateException.class::isInstance)) {
      return false;
    }
    return causes(failure)
        .anyMatch(e -> e instanceof SdkServiceException service
            ? isPassing(service)
            : e instanceof IOException && !isFile(e));
  }

  private static boolean isPassing(SdkServiceException e) {
    return e.statusCode() >= 500
        || e.statusCode() == 408
        || e.statusCode() == 429
        || (e instanceof AwsServiceException service
            && service.awsErrorDetails() != null
            && PASSING_CODES.contains(String.valueOf(service.awsErrorDetails().errorCode())));
  }

  private static boolean isFile(Throwable e) {
    return e instanceof FileSystemException || e instanceof FileNotFoundException;
  }

  /** The cause that says most, in its own words. */
  private static String words(Throwable failure) {
    for (Throwable e : causes(failure).toList()) {
      if (e instanceof AwsServiceException service && service.awsErrorDetails() != null) {
        return ofService(service);
      }
      if (e instanceof SdkServiceException service) {
        return "HTTP " + service.statusCode() + ", "
            + ForeignText.cleaned(String.valueOf(service.getMessage()));
      }
      if (e instanceof FileSystemException file) {
        return e instanceof NoSuchFileException
            ? "the file " + file.getFile() + " does not exist"
            : "the file " + file.getFile() + " cannot be read";
      }
    }
    List<Throwable> all = causes(failure).toList();
    Throwable last = all.get(all.size() - 1);
    return ForeignText.cleaned(
        last.getMessage() == null || last instanceof IOException
            ? last.toString()
            : last.getMessage());
  }

  private static String ofService(AwsServiceException e) {
    String operation = e.awsErrorDetails().serviceName() != null
            && e.awsErrorDetails().serviceName().equalsIgnoreCase("sts")
        ? "AssumeRole" + (isWebIdentity(e) ? "WithWebIdentity" : "")
        : String.valueOf(e.awsErrorDetails().serviceName());
    String said = ForeignText.cleaned(String.valueOf(e.awsErrorDetails().errorMessage()));
    String code = e.awsErrorDetails().errorCode() + ", HTTP " + e.statusCode();
    if (isPassing(e)) {
      return operation + " is not answered now (" + code + "): " + said;
    }
    return operation + " was denied: " + said + " (" + code + ")";
  }

  private static boolean isWebIdentity(AwsServiceException e) {
    return Stream.of(e.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals("assumeRoleWithWebIdentity"));
  }

  private static Stream<Throwable> causes(Throwable e) {
    return Stream.iterate(e, t -> t != null, Throwable::getCause).limit(20);
  }
}
