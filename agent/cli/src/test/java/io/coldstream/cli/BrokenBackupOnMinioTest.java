package io.coldstream.cli;

import io.coldstream.store.s3.standin.S3Standin;
import io.coldstream.store.testkit.standin.NeedsStandin;
import java.net.URI;
import java.util.List;

/** On MinIO. */
@NeedsStandin("minio")
class BrokenBackupOnMinioTest extends BrokenBackup {

  private final S3Standin server = S3Standin.minio();

  @Override
  URI server() {
    return server.endpoint();
  }

  @Override
  String newRepository() {
    return server.newUrl("orders");
  }

  @Override
  String part() {
    return "PUT .*partNumber=";
  }

  @Override
  List<String> secrets() {
    return List.of(server.environment().get("AWS_SECRET_ACCESS_KEY"), "uploadId", "Signature=");
  }
}
