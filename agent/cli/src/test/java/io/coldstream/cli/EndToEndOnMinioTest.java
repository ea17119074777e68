package io.coldstream.cli;

import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import java.nio.file.Path;

/** On MinIO. */
@NeedsEmulator("minio")
class EndToEndOnMinioTest extends EndToEnd {

  @Override
  String newRepository(Path folder) {
    return S3Emulator.minio().newUrl("orders/production");
  }
}
