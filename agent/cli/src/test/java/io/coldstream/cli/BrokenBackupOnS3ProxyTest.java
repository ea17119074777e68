package io.coldstream.cli;

import io.coldstream.store.s3.emulator.S3Emulator;
import java.net.URI;
import java.util.List;

class BrokenBackupOnS3ProxyTest extends BrokenBackup {

  private final S3Emulator server = S3Emulator.s3proxy();

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
