package io.coldstream.store.azure.emulator;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.StorageSharedKeyCredential;
import io.coldstream.store.testkit.emulator.Azurite;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Azurite with what tests of stores need: containers and signatures. It lives as long as the JVM;
 * tests keep apart by their containers.
 */
public final class AzureEmulator {

  private static final AtomicInteger CONTAINERS = new AtomicInteger();

  private final Azurite server = Azurite.running();

  /** A new, empty container. */
  public String newContainer() {
    String container = "coldstream-" + CONTAINERS.incrementAndGet();
    container(container).create();
    return container;
  }

  /** The URL of a prefix in a container, without settings. */
  public String url(String container, String prefix) {
    return "az://" + server.account() + "/" + container + "/" + prefix;
  }

  /** The settings that a store needs to get here. */
  public Map<String, String> settings() {
    return Map.of("endpoint", server.endpoint().toString());
  }

  /** What a process of its own needs in its environment. */
  public Map<String, String> environment() {
    return Map.of("AZURE_STORAGE_KEY", server.key());
  }

  /** The same, with a signature for one container instead of the key. */
  public Map<String, String> environment(String container, String permissions) {
    return environment(
        container, permissions, OffsetDateTime.now(ZoneOffset.UTC).plusHours(1));
  }

  /** The same, with the time at which the signature ends. */
  public Map<String, String> environment(
      String container, String permissions, OffsetDateTime until) {
    String token = container(container)
        .generateSas(new BlobServiceSasSignatureValues(
            until, BlobContainerSasPermission.parse(permissions)));
    return Map.of("AZURE_STORAGE_SAS_TOKEN", token);
  }

  /** The SDK's own client, to look at the store without the adapter. */
  public BlobContainerClient container(String name) {
    BlobServiceClient service = new BlobServiceClientBuilder()
        .endpoint(server.endpoint().toString())
        .credential(new StorageSharedKeyCredential(server.account(), server.key()))
        .buildClient();
    return service.getBlobContainerClient(name);
  }
}
