package io.coldstream.store.azure;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.RawServer;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;

/** A server that answers as a test wants, and what Azure's answers look like. */
final class RawAzure extends RawServer {

  /** A key, as a portal shows one. */
  static final Map<String, String> KEY = Map.of(Credentials.KEY, "bm90LWEtc2VjcmV0");

  static final String URL = "az://account/container/p";

  RawAzure(Function<String, Answer> answers) throws IOException {
    super(answers);
  }

  ObjectStore open(String... more) throws StoreException {
    return Opened.store(KEY, URL, Map.of("endpoint", uri() + "/account"), more);
  }

  /** How many requests had a line in which this regular expression is found. */
  long count(String line) {
    return requests().stream().filter(l -> l.matches(".*(" + line + ").*")).count();
  }

  static Answer error(int status, String code) {
    return error(status, code, "m");
  }

  static Answer error(int status, String code, String message) {
    return Answer.of(
        status,
        "x-ms-error-code: " + code + "\r\nContent-Type: application/xml\r\n",
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>" + code + "</Code><Message>"
            + message + "</Message></Error>");
  }

  /** A listing of nothing, or of one blob with these elements. */
  static Answer listing(String blobs) {
    return listing(blobs, "");
  }

  /** A page of a listing, and the mark for the next one. */
  static Answer listing(String blobs, String marker) {
    return Answer.of(
        200,
        "Content-Type: application/xml\r\n",
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults ServiceEndpoint=\"http://x/\""
            + " ContainerName=\"container\"><Blobs>" + blobs
            + "</Blobs><NextMarker>" + marker + "</NextMarker></EnumerationResults>");
  }

  static String blob(String key, long lengthBytes, String etag) {
    return "<Blob><Name>" + key + "</Name><Properties><Etag>" + etag + "</Etag><Content-Length>"
        + lengthBytes + "</Content-Length><BlobType>BlockBlob</BlobType></Properties></Blob>";
  }

  static Answer created(String headers) {
    return Answer.of(201, headers, "");
  }
}
