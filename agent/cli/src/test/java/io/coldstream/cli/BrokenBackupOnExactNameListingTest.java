package io.coldstream.cli;

import io.coldstream.store.s3.emulator.ExactNameListing;
import io.coldstream.store.s3.emulator.S3Emulator;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** On a store that lists unfinished uploads as MinIO does. */
class BrokenBackupOnExactNameListingTest extends BrokenBackup {

  private final S3Emulator server = S3Emulator.s3proxy();
  private ExactNameListing listing;

  @BeforeEach
  void start() throws IOException {
    listing = new ExactNameListing(server.endpoint(), server::client);
  }

  @AfterEach
  void end() throws IOException {
    listing.close();
  }

  @Override
  URI server() {
    return listing.uri();
  }

  @Override
  String newRepository() {
    return listing.newUrl(server, "orders");
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
