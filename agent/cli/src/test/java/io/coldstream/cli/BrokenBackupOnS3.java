package io.coldstream.cli;

import io.coldstream.store.s3.emulator.S3Emulator;
import java.net.URI;
import java.util.List;

/** On an emulator for S3. */
abstract class BrokenBackupOnS3 extends BrokenBackup {

  private final S3Emulator emulator;

  BrokenBackupOnS3(S3Emulator emulator) {
    this.emulator = emulator;
  }

  final S3Emulator emulator() {
    return emulator;
  }

  @Override
  URI server() {
    return emulator.endpoint();
  }

  @Override
  String newRepository() {
    return emulator.newUrl("orders");
  }

  @Override
  final String part() {
    return "PUT .*partNumber=";
  }

  @Override
  final List<String> secrets() {
    return List.of(emulator.environment().get("AWS_SECRET_ACCESS_KEY"), "uploadId", "Signature=");
  }
}
