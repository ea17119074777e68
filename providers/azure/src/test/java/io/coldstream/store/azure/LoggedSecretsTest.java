package io.coldstream.store.azure;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.coldstream.store.testkit.http.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What the SDK and its transport log at the levels that the program shows. */
@Timeout(120)
class LoggedSecretsTest {

  private static final String SECRET = "aHVudGVyMg";
  private static final ObjectName NAME = new ObjectName("chunks/a");

  /** The SDK's loggers, its transport's, and one of our own that shows that somebody listens. */
  private static final List<String> LOGGERS = List.of("com.azure", "reactor", "io.netty", "own");

  private final Kept kept = new Kept();

  @BeforeEach
  void listen() {
    kept.start();
    for (String name : LOGGERS) {
      logger(name).setLevel(Level.WARN);
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
  void noSignatureIsLogged() throws Exception {
    logger("own").warn("it does listen");
    for (Answer answer : List.of(
        RawAzure.error(403, "AuthenticationFailed"),
        RawAzure.error(503, "ServerBusy"),
        Answer.of(200, "", "<html>"),
        Answer.cut(200, "ETag: \"0x1\"\r\n", "half", 8),
        Answer.drop())) {
      blocksFail("comp=block&", answer);
      blocksFail("comp=blocklist", answer);
      try (RawAzure server = new RawAzure(line -> answer);
          ObjectStore store = open(server)) {
        Failures.of(() -> store.delete(List.of(NAME)));
        Failures.of(() -> store.sweep(ObjectPrefix.ALL, Duration.ofDays(1)));
        Failures.of(() -> store.list(ObjectPrefix.ALL, ListCursor.START));
        Failures.of(
            () -> store.read(NAME, ByteRange.WHOLE, Optional.empty()).stream().readAllBytes());
        Failures.of(
            () -> store.put(new PutRequest(NAME, Content.of(new byte[100]), Placement.STANDARD)));
        assertThat(server.count(SECRET)).as("that was really sent").isPositive();
      }
    }
    assertThat(kept.lines()).contains("it does listen").noneMatch(line -> line.contains(SECRET));
  }

  /** Where only this request of a put in blocks fails. */
  private static void blocksFail(String request, Answer answer) throws Exception {
    try (RawAzure server = new RawAzure(line -> {
          if (line.startsWith("PUT")) {
            return line.contains(request) ? answer : RawAzure.created("ETag: \"0x1\"\r\n");
          }
          return line.contains("restype=container")
              ? RawAzure.listing("")
              : RawAzure.error(404, "BlobNotFound");
        });
        ObjectStore store = open(server)) {
      Failures.of(() -> store.put(
          new PutRequest(NAME, Content.of(new byte[Opened.PART_BYTES + 1]), Placement.STANDARD)));
      assertThat(server.count(request + ".*" + SECRET + "|" + SECRET + ".*" + request))
          .as("that was really sent")
          .isPositive();
    }
  }

  private static ObjectStore open(RawAzure server) throws StoreException {
    return Opened.store(
        Map.of(Credentials.SAS_TOKEN, "sv=2024-01-01&sp=rcwdl&sig=" + SECRET),
        RawAzure.URL,
        Map.of("endpoint", server.uri() + "/account"));
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
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
