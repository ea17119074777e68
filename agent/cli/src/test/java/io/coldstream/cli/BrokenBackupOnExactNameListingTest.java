package io.coldstream.cli;

import io.coldstream.store.s3.emulator.ExactNameListing;
import io.coldstream.store.s3.emulator.S3Emulator;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** On a store that lists unfinished uploads as MinIO does. */
class BrokenBackupOnExactNameListingTest extends BrokenBackupOnS3 {

  private ExactNameListing listing;

  BrokenBackupOnExactNameListingTest() {
    super(S3Emulator.s3proxy());
  }

  @BeforeEach
  void start() throws IOException {
    listing = new ExactNameListing(emulator().endpoint(), emulator()::client);
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
    return listing.newUrl(emulator(), "orders");
  }
}
