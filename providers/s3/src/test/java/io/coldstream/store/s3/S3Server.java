package io.coldstream.store.s3;

import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.RawServer;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.function.Function;

/** A server that answers what a test wants, as S3 would word it. */
final class S3Server extends RawServer {

  S3Server(Function<String, Answer> answers) throws IOException {
    super(answers);
  }

  Map<String, String> settings() {
    return settings(uri());
  }

  /** What a store needs to be opened on a server. */
  static Map<String, String> settings(URI server) {
    System.setProperty("aws.accessKeyId", "coldstream");
    System.setProperty("aws.secretAccessKey", "not-a-secret");
    return Map.of("endpoint", server.toString(), "path-style", "true");
  }

  static Answer error(int status, String code) {
    return Answer.of(status, "", "<Error><Code>" + code + "</Code><Message>m</Message></Error>");
  }
}
