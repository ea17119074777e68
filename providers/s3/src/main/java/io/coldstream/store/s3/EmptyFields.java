package io.coldstream.store.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;

/**
 * Removes empty elements from listings of unfinished uploads and of their parts. A field that a store
 * does not know is left out by some and sent empty by others (MinIO's storage class): both are read
 * as missing. The SDK would refuse the whole listing for an empty number or date.
 */
final class EmptyFields implements ExecutionInterceptor {

  /** An element without attributes that is not the whole answer. */
  private static final Pattern EMPTY =
      Pattern.compile("<(?![\\w:]*Result\\b)([\\w:]+)\\s*(?:/>|>\\s*</\\1\\s*>)");

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    Optional<InputStream> body = context.responseBody();
    boolean listing = context.request() instanceof ListMultipartUploadsRequest
        || context.request() instanceof ListPartsRequest;
    return listing && context.httpResponse().isSuccessful() ? body.map(EmptyFields::without) : body;
  }

  private static InputStream without(InputStream body) {
    try (body) {
      String xml = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      return new ByteArrayInputStream(
          EMPTY.matcher(xml).replaceAll("").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
