package io.coldstream.store.azure;

import com.azure.core.credential.AzureSasCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Configuration;
import com.azure.core.util.ConfigurationBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/**
 * Who we are to Azure: the first secret that the environment has, else the default Azure credential
 * (environment, workload identity, managed identity, command-line tools). A secret leaves this class
 * only into the SDK; nothing here prints one.
 */
final class Credentials {

  /** Account name and key or SAS, and perhaps the service's address, as the portal shows it. */
  static final String CONNECTION_STRING = "AZURE_STORAGE_CONNECTION_STRING";

  /** The account's key. */
  static final String KEY = "AZURE_STORAGE_KEY";

  /** A shared access signature, with or without the question mark before it. */
  static final String SAS_TOKEN = "AZURE_STORAGE_SAS_TOKEN";

  private static final Duration TOKEN_TIMEOUT = Duration.ofSeconds(30);
  private static final Pattern ACCOUNT_KEY = Pattern.compile("(?i)AccountKey=([^;]*)");

  private enum Form {
    CONNECTION_STRING,
    KEY,
    SAS_TOKEN,
    DEFAULT
  }

  private final Form form;
  private final String secret;
  private final Map<String, String> environment;

  private Credentials(Form form, String secret, Map<String, String> environment) {
    this.form = form;
    this.secret = secret;
    this.environment = environment;
  }

  /** Takes the first that is set and not empty. */
  static Credentials of(Map<String, String> environment) {
    if (isSet(environment, CONNECTION_STRING)) {
      return new Credentials(
          Form.CONNECTION_STRING, environment.get(CONNECTION_STRING).strip(), environment);
    }
    if (isSet(environment, KEY)) {
      return new Credentials(Form.KEY, environment.get(KEY).strip(), environment);
    }
    if (isSet(environment, SAS_TOKEN)) {
      return new Credentials(Form.SAS_TOKEN, environment.get(SAS_TOKEN).strip(), environment);
    }
    return new Credentials(Form.DEFAULT, "", environment);
  }

  private static boolean isSet(Map<String, String> environment, String name) {
    return !environment.getOrDefault(name, "").isBlank();
  }

  /**
   * Gives a client its credential and its address.
   *
   * @param transport what tokens are fetched over
   * @throws StoreException {@link Kind#ACCESS_DENIED} when the variable's value is no such secret; the
   *     message names the variable, never the value
   */
  void applyTo(BlobServiceClientBuilder builder, AzureSettings settings, HttpClient transport)
      throws StoreException {
    try {
      switch (form) {
        case CONNECTION_STRING -> {
          checkKeyIn(secret);
          builder.connectionString(secret);
          settings.endpoint().ifPresent(e -> builder.endpoint(settings.serviceUrl()));
        }
        case KEY ->
          builder
              .endpoint(settings.serviceUrl())
              .credential(new StorageSharedKeyCredential(settings.account(), checkedKey()));
        case SAS_TOKEN ->
          builder
              .endpoint(settings.serviceUrl())
              .credential(new AzureSasCredential(withoutQuestionMark()));
        case DEFAULT -> {
          TokenChain tokens = new TokenChain(
              new DefaultAzureCredentialBuilder()
                  .httpClient(request -> transport.send(request).timeout(TOKEN_TIMEOUT, late()))
                  .configuration(configuration()),
              environment);
          builder
              .endpoint(settings.serviceUrl())
              .credential(tokens)
              .addPolicy(new RefusedTokens(tokens));
        }
      }
    } catch (IllegalArgumentException e) {
      // The cause is left out on purpose: its message may repeat the secret.
      throw new StoreException(
          Kind.ACCESS_DENIED, "the variable " + variable() + " does not hold what it should", null);
    }
  }

  /** The threads that wait for a token are the SDK's, and nothing else ends them. */
  private static Mono<HttpResponse> late() {
    return Mono.error(() -> new SocketTimeoutException(
        "the service that gives tokens did not answer within " + TOKEN_TIMEOUT.toSeconds() + " s"));
  }

  /** The environment alone, as the SDK wants it. */
  private Configuration configuration() {
    return new ConfigurationBuilder(prefix -> Map.of(), prefix -> Map.of(), prefix -> environment)
        .build();
  }

  /** Where this one came from, for a message. */
  String variable() {
    return switch (form) {
      case CONNECTION_STRING -> CONNECTION_STRING;
      case KEY -> KEY;
      case SAS_TOKEN -> SAS_TOKEN;
      case DEFAULT -> "AZURE_CLIENT_ID";
    };
  }

  /** Which credentials are used, for people. */
  String source() {
    if (form != Form.DEFAULT) {
      return "from " + variable();
    }
    String client = environment.getOrDefault("AZURE_CLIENT_ID", "");
    String source = TokenChain.configured(environment).stream()
        .findFirst()
        .orElse("the default Azure credential (managed identity of this machine, command-line"
            + " tools)");
    return client.isBlank() ? source : source + ", client " + client;
  }

  /** The SDK would find out only while it signs. */
  private String checkedKey() {
    Base64.getDecoder().decode(secret);
    return secret;
  }

  private static void checkKeyIn(String connectionString) {
    Matcher key = ACCOUNT_KEY.matcher(connectionString);
    if (key.find()) {
      Base64.getDecoder().decode(key.group(1).strip());
    }
  }

  private String withoutQuestionMark() {
    String token = secret.startsWith("?") ? secret.substring(1) : secret;
    if (!token.contains("sig=")) {
      throw new IllegalArgumentException("no signature");
    }
    return token;
  }

  /** Hides the secret. */
  @Override
  public String toString() {
    return "Credentials[" + form + "]";
  }
}
