package io.coldstream.store.azure;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.adapter.ForeignText;
import io.coldstream.store.adapter.Operation;
import java.io.IOException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;

/** What a call means that failed without an error that the store sent. */
final class Unanswered {

  private Unanswered() {}

  static StoreException ofTransport(Operation operation, String object, IOException io) {
    for (Throwable t = io; t != null; t = t.getCause()) {
      if (t instanceof CertificateException) {
        return new StoreException(
            Kind.REJECTED,
            operation.on(object)
                + "the store's certificate is not trusted; name its issuer's certificates with the"
                + " setting ca-file",
            io);
      }
      if (t instanceof UnknownHostException) {
        return new StoreException(
            Kind.UNAVAILABLE,
            operation.on(object)
                + "the account's host name is not known; check the account's name and the network",
            io);
      }
    }
    return new StoreException(
        Kind.UNAVAILABLE,
        operation.on(object) + "no complete answer from the store: "
            + ForeignText.cleaned(String.valueOf(io)),
        io);
  }

  static StoreException withoutCredentials(Operation operation, String object, Throwable e) {
    return AzureFailures.failed(
        operation,
        object,
        Kind.ACCESS_DENIED,
        "no credentials were found, or they were refused; they are looked for in the environment ("
            + Credentials.CONNECTION_STRING + ", " + Credentials.KEY + ", " + Credentials.SAS_TOKEN
            + ", AZURE_CLIENT_ID …), workload identity, the machine's managed identity, and the"
            + " command-line tools (az login); it said: "
            + ForeignText.cleaned(String.valueOf(e.getMessage())));
  }

  static StoreException ofClient(Operation operation, String object, Throwable e) {
    String message = ForeignText.cleaned(String.valueOf(e.getMessage()));
    if (message.contains("https")) {
      return AzureFailures.failed(
          operation,
          object,
          Kind.REJECTED,
          "a role or signature is sent over https alone, and the endpoint is http");
    }
    if (e instanceof TimeoutException || isAboutTheAnswer(e)) {
      return AzureFailures.failed(
          operation, object, Kind.UNAVAILABLE, "the answer is not Azure's: " + message);
    }
    return AzureFailures.failed(operation, object, Kind.REJECTED, message);
  }

  /** Its XML could not be read, or its body has another length than it said. */
  private static boolean isAboutTheAnswer(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      String type = t.getClass().getSimpleName();
      if (t instanceof IllegalStateException
          || type.contains("XMLStream")
          || type.contains("HttpResponse")
          || type.contains("UnexpectedLength")) {
        return true;
      }
    }
    return false;
  }
}
