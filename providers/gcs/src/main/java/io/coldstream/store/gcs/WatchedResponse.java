package io.coldstream.store.gcs;

import com.google.api.client.http.LowLevelHttpResponse;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.StatusLine;

/** An answer, as the library wants it. */
final class WatchedResponse extends LowLevelHttpResponse {

  private final ClassicHttpResponse response;
  private final InputStream body;
  private final Header[] headers;

  /**
   * An answer.
   *
   * @param body null where it has none
   */
  WatchedResponse(ClassicHttpResponse response, InputStream body) {
    this.response = response;
    this.body = body;
    this.headers = response.getHeaders();
  }

  @Override
  public InputStream getContent() {
    return body;
  }

  @Override
  public String getContentEncoding() {
    return response.getEntity() == null ? null : response.getEntity().getContentEncoding();
  }

  @Override
  public long getContentLength() {
    return response.getEntity() == null ? -1 : response.getEntity().getContentLength();
  }

  @Override
  public String getContentType() {
    return response.getEntity() == null ? null : response.getEntity().getContentType();
  }

  @Override
  public String getStatusLine() {
    return new StatusLine(response).toString();
  }

  @Override
  public int getStatusCode() {
    return response.getCode();
  }

  @Override
  public String getReasonPhrase() {
    return response.getReasonPhrase();
  }

  @Override
  public int getHeaderCount() {
    return headers.length;
  }

  @Override
  public String getHeaderName(int index) {
    return headers[index].getName();
  }

  @Override
  public String getHeaderValue(int index) {
    return headers[index].getValue();
  }

  @Override
  public void disconnect() throws IOException {
    if (body != null) {
      body.close();
    }
    response.close();
  }
}
