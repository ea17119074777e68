package io.coldstream.store.gcs;

import com.google.auth.Credentials;
import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.ExternalAccountCredentials;
import com.google.auth.oauth2.ImpersonatedCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.auth.oauth2.UserCredentials;
import com.google.cloud.NoCredentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whose credentials are used and where they come from, for people; no secret. */
final class GcsIdentity {

  private static final Logger LOG = LoggerFactory.getLogger(GcsIdentity.class);

  private GcsIdentity() {}

  static String shown(Credentials credentials) {
    if (credentials instanceof FileCredentials file) {
      return shown(file.current()) + " from " + file.file();
    }
    if (credentials instanceof ServiceAccountCredentials account) {
      return "service account " + account.getClientEmail();
    }
    if (credentials instanceof ImpersonatedCredentials impersonated) {
      return "service account " + impersonated.getAccount() + ", impersonated";
    }
    if (credentials instanceof ExternalAccountCredentials external) {
      String account = external.getServiceAccountEmail();
      return "workload identity" + (account == null ? "" : ", service account " + account);
    }
    if (credentials instanceof ComputeEngineCredentials machine) {
      return "metadata server, service account " + account(machine);
    }
    if (credentials instanceof UserCredentials) {
      return "a user of gcloud";
    }
    return credentials instanceof NoCredentials
        ? "anonymous"
        : "credentials of the kind "
            + credentials.getClass().getSimpleName().replace("Credentials", "");
  }

  /** Asks the metadata server, which may not tell. */
  private static String account(ComputeEngineCredentials machine) {
    try {
      return machine.getAccount();
    } catch (RuntimeException e) {
      LOG.debug("the machine's service account is unknown: {}", e.getMessage());
      return "default";
    }
  }
}
