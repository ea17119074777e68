package io.coldstream.core.drill.events;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.core.drill.server.DrillFault;
import io.coldstream.core.drill.server.RunningServer;
import io.coldstream.core.node.NodeAnswer;
import io.coldstream.core.repository.manifest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Compares what a server answers over HTTP (AtomPub) with the events of the restored files. The end
 * of the log is read from the log itself ({@code $all}), the samples from their streams, so that the
 * index is needed for them.
 */
public final class EventComparison {

  private static final String FEED = "application/vnd.eventstore.atom+json";
  private static final String JSON = "application/json";
  private static final String RAW = "application/octet-stream";
  private static final int NOT_ACCEPTABLE = 406;

  /** The server's page: events of explicit transactions may lie between those of the tail. */
  private static final int PAGE = 100;

  private final RunningServer server;
  private final List<String> faults = new ArrayList<>();
  private int inTail;
  private int inStreams;
  private int hidden;

  /**
   * A comparison.
   *
   * @param server the server, ready
   */
  public EventComparison(RunningServer server) {
    this.server = server;
  }

  /**
   * Compares.
   *
   * @param expected the events
   * @return what was compared and found
   * @throws DrillFault when the server does not answer, or not as a server of events does
   * @throws InterruptedException when this thread was interrupted
   */
  public Compared run(ExpectedEvents expected) throws DrillFault, InterruptedException {
    if (!expected.tail().isEmpty()) {
      List<JsonNode> page = feed("/streams/%24all/" + place(expected.end()) + "/backward/" + PAGE);
      for (LoggedEvent event : expected.tail()) {
        compareInLog(event, page, "the end of the log");
        inTail++;
      }
    }
    for (LoggedEvent event : expected.samples()) {
      compareInStream(event);
    }
    server.requireAlive();
    if (inTail + inStreams == 0 && faults.isEmpty()) {
      faults.add("no event could be compared");
    }
    return new Compared(inTail, inStreams, hidden, faults);
  }

  /** A position in {@code $all}: of the commit and of the record, which are the same today. */
  private static String place(long position) {
    return String.format(Locale.ROOT, "%016X%016X", position, position);
  }

  private List<JsonNode> feed(String path) throws DrillFault, InterruptedException {
    NodeAnswer answer = server.get(path + "?embed=rich", FEED);
    return entries(answer);
  }

  private static List<JsonNode> entries(NodeAnswer answer) throws DrillFault {
    JsonNode entries = answer.json().path("entries");
    if (!entries.isArray()) {
      throw new DrillFault(answer.text() + ", not a list of events; the server"
          + " needs --enable-atom-pub-over-http true");
    }
    List<JsonNode> all = new ArrayList<>();
    entries.forEach(all::add);
    return all;
  }

  private boolean compareInLog(LoggedEvent event, List<JsonNode> page, String where) {
    Optional<JsonNode> found = page.stream().filter(entry -> isAt(entry, event)).findFirst();
    if (found.isEmpty()) {
      faults.add(event.text() + " is missing from " + where);
      return false;
    }
    return event.isLink() || isSame(event, found.get());
  }

  private static boolean isAt(JsonNode entry, LoggedEvent event) {
    return entry.path("positionStreamId").asText().equals(event.stream())
        && entry.path("positionEventNumber").asLong(-1) == event.number();
  }

  private boolean isSame(LoggedEvent event, JsonNode entry) {
    String id = entry.path("eventId").asText();
    if (!id.equalsIgnoreCase(event.id().toString())) {
      faults.add(event.text() + " has another id: " + event.id() + " is stored, the server has "
          + printable(id));
      return false;
    }
    if (!entry.path("eventType").asText().equals(event.type())) {
      faults.add(event.text() + " has another type than the stored one");
      return false;
    }
    return true;
  }

  private static String printable(String id) {
    return id.matches("[0-9A-Za-z-]{1,40}") ? id : "another text";
  }

  private void compareInStream(LoggedEvent event) throws DrillFault, InterruptedException {
    String stream = "/streams/" + Encoded.of(event.stream()) + "/";
    NodeAnswer answer = server.get(stream + event.number() + "/backward/1?embed=rich", FEED);
    if (answer.isGone()) {
      compareHidden(event);
      return;
    }
    List<JsonNode> entries = answer.isNotFound() ? List.of() : entries(answer);
    Optional<JsonNode> found =
        entries.stream().filter(entry -> isAt(entry, event)).findFirst();
    if (found.isPresent()) {
      inStreams++;
      if (isSame(event, found.get())) {
        compareData(event, stream);
      }
    } else if (hasLimits(stream)) {
      compareHidden(event);
    } else {
      faults.add(event.text() + " is missing from its stream");
    }
  }

  /** A stream's own limits hide events that a scavenge has not removed yet. */
  private boolean hasLimits(String stream) throws DrillFault, InterruptedException {
    JsonNode metadata = server.get(stream + "metadata", JSON).json();
    return metadata.has("$maxCount") || metadata.has("$maxAge") || metadata.has("$tb");
  }

  private void compareHidden(LoggedEvent event) throws DrillFault, InterruptedException {
    hidden++;
    compareInLog(
        event,
        feed("/streams/%24all/" + place(event.position()) + "/forward/1"),
        "its place in the log");
  }

  private void compareData(LoggedEvent event, String stream)
      throws DrillFault, InterruptedException {
    NodeAnswer answer = server.get(stream + event.number(), RAW);
    Optional<byte[]> data = answer.status() == NOT_ACCEPTABLE
        ? textData(event, stream)
        : Optional.of(answer).filter(NodeAnswer::isGood).map(NodeAnswer::body);
    if (data.isEmpty()) {
      faults.add("the data of " + event.text() + " cannot be read: " + answer.text());
    } else if (!Sha256.of(data.get()).equals(event.data())) {
      faults.add(event.text() + " has other data than the stored one");
    }
  }

  /** For a server that does not hand data out as it is: JSON is a text in a feed. */
  private Optional<byte[]> textData(LoggedEvent event, String stream)
      throws DrillFault, InterruptedException {
    NodeAnswer answer = server.get(stream + event.number() + "/backward/1?embed=body", FEED);
    return entries(answer).stream()
        .filter(entry -> event.json() && entry.path("data").isTextual())
        .map(entry -> entry.path("data").asText().getBytes(StandardCharsets.UTF_8))
        .findFirst();
  }
}
