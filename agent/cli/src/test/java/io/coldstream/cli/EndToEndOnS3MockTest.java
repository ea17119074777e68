package io.coldstream.cli;

import io.coldstream.store.s3.standin.S3Standin;
import java.nio.file.Path;

/** On S3, as S3Mock plays it. */
class EndToEndOnS3MockTest extends EndToEnd {

  @Override
  String newRepository(Path folder) {
    return S3Standin.s3mock().newUrl("orders/production");
  }
}
