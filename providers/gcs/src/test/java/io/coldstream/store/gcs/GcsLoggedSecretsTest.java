package io.coldstream.store.gcs;

import static io.coldstream.store.gcs.OnServer.PART_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.gcs.emulator.Answer;
import io.coldstream.store.gcs.emulator.Fault;
import io.coldstream.store.gcs.emulator.FaultPlan.When;
import io.coldstream.store.gcs.emulator.Faults;
import io.coldstream.store.gcs.emulator.GcsServer;
import io.coldstream.store.gcs.emulator.Identity;
import io.coldstream.store.gcs.emulator.Request;
import io.coldstream.store.testkit.RandomSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * What is said of secrets, whatever happens: the libraries, at every level, and their transport, at
 * the levels that the program shows, say nothing; a session's file alone knows its address.
 */
class GcsLoggedSecretsTest {

  private static final String TOKEN = "token-hunter2";
  private static final String NAME = "chunks/a";

  /** Six parts and five bytes: seven requests. */
  private static final RandomSource LARGE = new RandomSource(1, 6L * PART_BYTES + 5);

  /** The transport's logger, and one of our own that shows that somebody listens. */
  private static final List<String> LOGGERS = List.of("org.apache.hc", "io.coldstream", "own");

  private final java.util.logging.Logger libraries =
      java.util.logging.Logger.getLogger("com.google");
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final KeptEvents events = new KeptEvents();
  private final KeptRecords records = new KeptRecords();

  private final GcsServer server = OnServer.server();
  private final Set<String> secrets = ConcurrentHashMap.newKeySet();

  @TempDir
  private Path scratch;

  @BeforeEach
  void listen() {
    events.start();
    for (String name : LOGGERS) {
      logger(name).setLevel(Level.WARN);
      logger(name).setAdditive(false);
      logger(name).addAppender(events);
    }
    libraries.setLevel(java.util.logging.Level.ALL);
    libraries.setUseParentHandlers(false);
    libraries.addHandler(records);
    server.identities().requireTokens();
    server.identities().put(TOKEN, Identity.named("caller").allowTheRest());
    server.faults().add(new When(this::isWatched, 1, 1), Fault.NONE);
  }

  @AfterEach
  void stopListening() {
    server.close();
    libraries.removeHandler(records);
    libraries.setUseParentHandlers(true);
    libraries.setLevel(null);
    for (String name : LOGGERS) {
      logger(name).detachAppender(events);
      logger(name).setAdditive(true);
      logger(name).setLevel(null);
    }
  }

  @Test
  void noSecretIsLogged() throws Exception {
    logger("own").warn("it does listen");
    java.util.logging.Logger.getLogger("com.google.own").fine("it does listen, too");
    for (Fault fault : List.of(
        Faults.refuse(400, "invalid"),
        Faults.refuse(403, "forbidden"),
        Faults.refuse(410, "gone"),
        Faults.refuse(503, "backendError"),
        Faults.answer(Answer.error(200, "backendError", "internal")),
        Faults.answer(Answer.text(502, "<html>")),
        Faults.before(() -> server.identities().expire(TOKEN)),
        Faults.cutRequest(1000),
        Faults.loseAnswer(),
        Faults.drop())) {
      meet(fault);
    }
    assertThat(secrets).as("what was really sent").contains(TOKEN).hasSizeGreaterThan(5);
    assertThat(lines)
        .contains("it does listen")
        .anyMatch(line -> line.contains("it does listen, too"))
        .noneMatch(line -> line.contains("upload_id"))
        .noneMatch(line -> secrets.stream().anyMatch(line::contains));
  }

  @Test
  void onlyTheSessionFileHoldsItsAddress() throws Exception {
    server.faults().add(When.request("PUT", "/upload/").from(3), Faults.drop());
    try (ObjectStore store = store()) {
      failure(() -> Puts.put(store, NAME, LARGE));
    }
    List<Path> kept = files();
    assertThat(kept).hasSize(1);
    String text = Files.readString(kept.get(0), StandardCharsets.ISO_8859_1);
    assertThat(text).contains("upload_id=").doesNotContain(TOKEN);
    assertThat(secrets.stream().filter(text::contains)).as("the session's id").hasSize(1);
    assertThat(kept.get(0).getFileName().toString()).doesNotContain("upload_id");
    assertThat(permissions(kept.get(0))).isEqualTo("rw-------");
    assertThat(permissions(kept.get(0).getParent())).isEqualTo("rwx------");
    try (ObjectStore store = store()) {
      Puts.put(store, NAME, LARGE);
    }
    assertThat(files()).as("nothing stays when all is done").isEmpty();
  }

  @Test
  void removalsAreSentToNoOtherAddress() throws Exception {
    try (GcsServer other = OnServer.server();
        ObjectStore store = store()) {
      Answer elsewhere = Answer.text(307, "").with("Location", other.url() + "/batch/storage/v1");
      server.faults().add(When.request("POST", "/batch/"), Faults.answer(elsewhere));
      StoreException failure =
          Failures.of(() -> store.delete(List.of(new ObjectName(NAME))), TOKEN);
      assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
      assertThat(other.log().entries()).isEmpty();
    }
  }

  /** Puts, reads and removes, where the second chunk, a read and a removal meet a fault. */
  private void meet(Fault fault) throws Exception {
    server.faults().add(When.request("PUT", "/upload/").from(2), fault);
    server.faults().add(When.request("GET", "/download/"), fault);
    server.faults().add(When.request("POST", "/batch/"), fault);
    try (ObjectStore store = store()) {
      failure(() -> Puts.put(store, NAME, LARGE));
      server.identities().put(TOKEN, Identity.named("caller").allowTheRest());
      Puts.put(store, NAME, LARGE);
      failure(() -> Puts.read(store, NAME));
      server.identities().put(TOKEN, Identity.named("caller").allowTheRest());
      failure(() -> store.delete(List.of(new ObjectName(NAME))));
      server.identities().put(TOKEN, Identity.named("caller").allowTheRest());
      store.delete(List.of(new ObjectName(NAME)));
    }
    server.faults().clear();
    server.faults().add(new When(this::isWatched, 1, 1), Fault.NONE);
  }

  /** A call that may fail, and then shows no secret. */
  private void failure(Call call) throws Exception {
    try {
      call.run();
    } catch (StoreException e) {
      String trace = Throwables.getStackTrace(e);
      assertThat(trace).doesNotContain("upload_id");
      assertThat(secrets).noneMatch(trace::contains);
    }
  }

  private interface Call {
    void run() throws Exception;
  }

  /** Notes the secrets of a request, and lets it pass. */
  private boolean isWatched(Request request) {
    request.query("upload_id").ifPresent(secrets::add);
    request.header("Authorization").map(h -> h.replace("Bearer ", "")).ifPresent(secrets::add);
    return false;
  }

  private ObjectStore store() throws StoreException {
    return OnServer.storeOf(server, TOKEN, "p", Optional.of(scratch.resolve("sessions")));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(scratch)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  private final class KeptEvents extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      lines.add(event.getFormattedMessage());
      if (event.getThrowableProxy() != null) {
        lines.add(String.valueOf(event.getThrowableProxy().getMessage()));
      }
    }
  }

  private final class KeptRecords extends Handler {
    KeptRecords() {
      setLevel(java.util.logging.Level.ALL);
    }

    @Override
    public void publish(LogRecord event) {
      lines.add(new SimpleFormatter().format(event));
    }

    @Override
    public void flush() {
      // Each line is kept at once.
    }

    @Override
    public void close() {
      // There is nothing to close.
    }
  }
}
