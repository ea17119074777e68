package io.coldstream.core.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.coldstream.core.support.json.FormatException;
import io.coldstream.core.support.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a node answered.
 *
 * @param request what was asked, for messages
 * @param status the HTTP status
 * @param type the content type; empty when there is none
 * @param body the content; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record NodeAnswer(String request, int status, String type, byte[] body) {

  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int NO_CONTENT = 204;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int GONE = 410;
  private static final int UNAVAILABLE = 503;

  /** {@return whether it is what was asked for} */
  public boolean isGood() {
    return status == OK || status == NO_CONTENT;
  }

  /** {@return whether what was told to be done is done, or will be} */
  boolean isAccepted() {
    return isGood() || status == ACCEPTED;
  }

  /** {@return whether the node has no such thing} */
  public boolean isNotFound() {
    return status == NOT_FOUND;
  }

  /** {@return whether this version of the node cannot be asked that} */
  boolean isUnknown() {
    return isNotFound() || status == NOT_ALLOWED;
  }

  /** {@return whether the node says that the stream was deleted} */
  public boolean isGone() {
    return status == GONE;
  }

  /** {@return whether it may answer later} */
  public boolean isUnavailable() {
    return status == UNAVAILABLE;
  }

  /** {@return whether it wants to know who asks} */
  public boolean isDenied() {
    return status == UNAUTHORIZED || status == FORBIDDEN;
  }

  /** {@return the content, when it is a JSON object; else a node without fields} */
  public JsonNode json() {
    try {
      return status == OK ? Json.parseForeign(body, request) : MissingNode.getInstance();
    } catch (FormatException e) {
      return MissingNode.getInstance();
    }
  }

  /**
   * The same answer inside an object, for one that is a list.
   *
   * @param name the field that holds it
   * @return an answer whose content is an object
   */
  NodeAnswer asField(String name) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(("{\"" + name + "\":").getBytes(StandardCharsets.US_ASCII));
    content.writeBytes(body);
    content.write('}');
    return new NodeAnswer(request, status, type, content.toByteArray());
  }

  /** {@return what it is, for a message} */
  public String text() {
    String kind = type.isEmpty() ? "" : " " + type.split(";")[0].strip().toLowerCase(Locale.ROOT);
    return request + " answered " + status + kind
        + (body.length == 0 ? "" : ", " + body.length + " bytes");
  }
}
