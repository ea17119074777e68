package io.coldstream.store.s3;

import io.coldstream.store.network.Network;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Credentials that the SDK looks for, with token services reached as the network says. */
final class NetworkCredentials implements AwsCredentialsProvider, SdkAutoCloseable {

  static {
    TokenTransports.register();
  }

  private final Network network;
  private final AwsCredentialsProvider chain;

  /** Those of the SDK's default chain. */
  NetworkCredentials(Network network) {
    this(network, DefaultCredentialsProvider.builder().build());
  }

  /**
   * Those of a part of it.
   *
   * @param chain looks for them; closed with this
   */
  NetworkCredentials(Network network, AwsCredentialsProvider chain) {
    this.network = network;
    this.chain = chain;
  }

  @Override
  public AwsCredentials resolveCredentials() {
    return TokenTransports.on(network, chain::resolveCredentials);
  }

  @Override
  public void close() {
    if (chain instanceof SdkAutoCloseable closeable) {
      closeable.close();
    }
  }
}
