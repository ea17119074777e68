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
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Why a source gave no credentials. */
final class SourceFailure {

  private static final Set<String> PASSING_CODES =
      Set.of("IDPCommunicationError", "Throttling", "ThrottlingException", "RequestLimitExceeded");

  /** The SDK calls the container's service over Java's own transport, the others over ours. */
  private static final String UNTRUSTED =
      "the certificate of the host in AWS_CONTAINER_CREDENTIALS_FULL_URI is not trusted; the setting"
          + " ca-file does not apply to this address: import its issuer's certificate into a copy of"
          + " Java's truststore (keytool -importcert -keystore FILE), and set"
          + " COLDSTREAM_JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE";

  private SourceFailure() {}

  /** Why it gave no credentials; empty where nobody wants it to be used. */
  static Optional<Reason> reason(CredentialSource source, RuntimeException e) {
    boolean machine = e.getMessage() != null && causes(e).anyMatch(SourceFailure::isAnswered);
    if (!source.configured().getAsBoolean() && !(machine && isPassing(e))) {
      return Optional.empty();
    }
    Optional<HostException> way = causes(e)
        .filter(HostException.class::isInstance)
        .map(HostException.class::cast)
        .findFirst();
    if (way.isPresent()) {
      return way.map(host -> new Reason(host.kind(), source.name() + ": " + host.getMessage()));
    }
    if (isPassing(e)) {
      return Optional.of(
          new Reason(Kind.UNAVAILABLE, source.name() + ": " + words(e) + "; try again"));
    }
    if (causes(e).anyMatch(CertificateException.class::isInstance)) {
      return Optional.of(new Reason(Kind.REJECTED, source.name() + ": " + UNTRUSTED));
    }
    String what = source.advice().isEmpty() ? words(e) : source.advice();
    return Optional.of(new Reason(Kind.ACCESS_DENIED, source.name() + ": " + what));
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
