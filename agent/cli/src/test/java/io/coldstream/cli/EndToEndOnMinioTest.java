package io.coldstream.cli;

import io.coldstream.store.s3.standin.S3Standin;
import io.coldstream.store.testkit.standin.NeedsStandin;
import java.nio.file.Path;

/** On MinIO. */
@NeedsStandin("minio")
class EndToEndOnMinioTest extends EndToEnd {

  @Override
  String newRepository(Path folder) {
    return S3Standin.minio().newUrl("orders/production");
  }
}
