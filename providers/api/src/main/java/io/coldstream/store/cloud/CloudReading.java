package io.coldstream.store.cloud;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens reads. An answer is accepted only when it is about the version and the range asked for. */
final class CloudReading {

  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");

  private final CloudDriver driver;
  private final Keys keys;
  private final DriverCalls calls;

  CloudReading(CloudDriver driver, DriverCalls calls) {
    this.driver = driver;
    this.keys = driver.keys();
    this.calls = calls;
  }

  ObjectContent open(ObjectName name, ByteRange range, Optional<String> version)
      throws StoreException {
    String shown = keys.shown(name);
    Download answer = calls.call(Operation.READ, shown, () -> driver.get(name, range, version));
    boolean opened = false;
    try {
      StoredObject object = checked(name, range, version, answer);
      long dueBytes = range.endIn(object.lengthBytes()) - range.fromBytes();
      ObjectContent content = new CloudContent(object, shown, answer, dueBytes, calls);
      opened = true;
      return content;
    } finally {
      if (!opened) {
        CloudContent.cut(answer.body());
      }
    }
  }

  private StoredObject checked(
      ObjectName name, ByteRange range, Optional<String> version, Download answer)
      throws StoreException {
    String told = answer
        .version()
        .filter(text -> !text.isEmpty())
        .orElseThrow(() ->
            failed(name, Kind.UNAVAILABLE, "the answer is not the store's: it tells no version"));
    long total = total(name, range, answer);
    if (!range.liesIn(total)) {
      throw failed(name, Kind.REJECTED, "the range ends after the object's " + total + " bytes");
    }
    long dueBytes = range.endIn(total) - range.fromBytes();
    if (answer.bodyBytes().orElse(dueBytes) != dueBytes) {
      throw failed(
          name,
          Kind.CORRUPT,
          "the store sends " + answer.bodyBytes().getAsLong() + " bytes where " + dueBytes
              + " are due");
    }
    if (!told.equals(version.orElse(told))) {
      throw failed(name, Kind.NOT_FOUND, "no longer that version of the object");
    }
    return new StoredObject(name, total, told);
  }

  /**
   * The whole object's length; a store that sends the whole object instead of the range is refused.
   */
  private long total(ObjectName name, ByteRange range, Download answer) throws StoreException {
    Matcher told = CONTENT_RANGE.matcher(answer.contentRange().orElse(""));
    if (told.matches() && Long.parseLong(told.group(1)) == range.fromBytes()) {
      return Long.parseLong(told.group(2));
    }
    if (!range.equals(ByteRange.WHOLE)) {
      throw failed(
          name, Kind.REJECTED, "the store did not answer with the range that was asked for");
    }
    if (answer.objectBytes().isPresent()) {
      return answer.objectBytes().getAsLong();
    }
    return answer
        .bodyBytes()
        .orElseThrow(
            () -> failed(name, Kind.UNAVAILABLE, "the store does not tell the object's length"));
  }

  private StoreException failed(ObjectName name, Kind kind, String what) {
    return DriverCalls.failed(Operation.READ, keys.shown(name), kind, what);
  }
}
