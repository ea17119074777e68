package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.coldstream.store.ByteRange;
import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.cloud.CloudStore;
import io.coldstream.store.network.Network;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.spi.StoreUrl;
import io.coldstream.store.testkit.RandomSource;
import io.coldstream.store.testkit.http.Answer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * What the SDK and its transport log while calls fail: no key at any of the SDK's levels; no signature
 * and no session token at those that the program shows.
 */
@Timeout(60)
class LoggedSecretsTest {

  private static final String KEY = "aHVudGVyMg-key";
  private static final String TOKEN = "aHVudGVyMg-token";
  private static final ObjectName NAME = new ObjectName("chunks/a");

  /** The SDK's loggers, its transport's, and one of our own that shows that somebody listens. */
  private static final List<String> LOGGERS =
      List.of("software.amazon.awssdk", "org.apache.hc", "own");

  private final Kept kept = new Kept();
  private final List<String> signatures = new CopyOnWriteArrayList<>();

  @BeforeEach
  void listen() {
    kept.start();
    for (String name : LOGGERS) {
      logger(name).setLevel(Level.INFO);
      logger(name).setAdditive(false);
      logger(name).addAppender(kept);
    }
  }

  @AfterEach
  void stopListening() {
    for (String name : LOGGERS) {
      logger(name).detachAppender(kept);
      logger(name).setAdditive(true);
      logger(name).setLevel(null);
    }
  }

  @Test
  void noSignatureOrTokenIsLogged() throws Exception {
    logger("own").info("it does listen");
    everythingFails();
    assertThat(signatures).as("that was really sent").isNotEmpty();
    assertThat(kept.lines())
        .contains("it does listen")
        .noneMatch(line -> line.contains(TOKEN)
            || line.contains(KEY)
            || signatures.stream().anyMatch(line::contains));
  }

  @Test
  void theKeyIsNotLoggedAtAnyLevel() throws Exception {
    logger("software.amazon.awssdk").setLevel(Level.TRACE);
    everythingFails();
    assertThat(kept.lines()).as("it says much").hasSizeGreaterThan(10);
    assertThat(kept.lines()).noneMatch(line -> line.contains(KEY));
  }

  private void everythingFails() throws Exception {
    for (Answer answer : List.of(
        S3Server.error(403, "SignatureDoesNotMatch"),
        S3Server.error(400, "ExpiredToken"),
        S3Server.error(503, "SlowDown"),
        Answer.of(200, "", "<html>"),
        Answer.cut(200, "ETag: \"e\"\r\n", "half", 8),
        Answer.drop())) {
      partsFail(answer);
      try (S3Server server = new S3Server(line -> answer);
          ObjectStore store = open(server)) {
        Failures.of(() -> store.list(ObjectPrefix.ALL, ListCursor.START));
        Failures.of(
            () -> store.read(NAME, ByteRange.WHOLE, Optional.empty()).stream().readAllBytes());
        Failures.of(() -> store.delete(List.of(NAME)));
        catchThrowable(() -> store.sweep(ObjectPrefix.ALL, Duration.ofDays(1)));
        // Of a put's answer the head counts: half a body is no failure.
        catchThrowable(
            () -> store.put(new PutRequest(NAME, Content.of(new byte[100]), Placement.STANDARD)));
      }
    }
  }

  /** Where only a part fails, or only what completes. */
  private void partsFail(Answer answer) throws Exception {
    ScriptedUploads failingPart = new ScriptedUploads();
    failingPart.refusal = line -> answer;
    ScriptedUploads failingEnd = new ScriptedUploads();
    failingEnd.completing = List.of(answer);
    for (ScriptedUploads uploads : List.of(failingPart, failingEnd)) {
      try (S3Server server = new S3Server(uploads);
          ObjectStore store = open(server)) {
        catchThrowable(() -> store.put(
            new PutRequest(NAME, new RandomSource(1, Bucket.PART + 1), Placement.STANDARD)));
      }
    }
  }

  private ObjectStore open(S3Server server) throws StoreException {
    S3Settings settings = S3Settings.of(
        StoreUrl.parse("s3://bucket/p"), StoreSettings.of(server.settings(), S3Settings.NAMES));
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(AwsSessionCredentials.create("coldstream", KEY, TOKEN));
    S3Connection connection = S3Connection.open(
        settings,
        Network.DIRECT,
        builder -> builder
            .credentialsProvider(credentials)
            .overrideConfiguration(builder.overrideConfiguration().toBuilder()
                .addExecutionInterceptor(new Signatures())
                .build()));
    return new CloudStore(new S3Driver(connection, settings), StoreTools.NONE, Clock.systemUTC());
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  /** Keeps the signature of each request on its way, which goes with the token. */
  private final class Signatures implements ExecutionInterceptor {
    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      assertThat(context.httpRequest().firstMatchingHeader("X-Amz-Security-Token"))
          .contains(TOKEN);
      String signed = context.httpRequest().firstMatchingHeader("Authorization").orElseThrow();
      signatures.add(signed.substring(signed.indexOf("Signature=") + "Signature=".length()));
    }
  }

  private static final class Kept extends AppenderBase<ILoggingEvent> {
    private final List<String> lines = new ArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      lines.add(event.getFormattedMessage());
      if (event.getThrowableProxy() != null) {
        lines.add(String.valueOf(event.getThrowableProxy().getMessage()));
      }
    }

    synchronized List<String> lines() {
      return List.copyOf(lines);
    }
  }
}
