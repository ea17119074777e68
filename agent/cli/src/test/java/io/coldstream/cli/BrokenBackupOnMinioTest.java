package io.coldstream.cli;

import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import java.net.URI;
import java.util.List;

/** On MinIO. */
@NeedsEmulator("minio")
class BrokenBackupOnMinioTest extends BrokenBackup {

  private final S3Emulator server = S3Emulator.minio();

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
