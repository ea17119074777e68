package io.coldstream.store.s3.emulator;

import org.apache.catalina.connector.Connector;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Binds every connector of S3Mock's embedded server to the loopback address. */
public final class LoopbackOnly implements BeanPostProcessor {
  @Override
  public Object postProcessBeforeInitialization(Object bean, String name) {
    if (bean instanceof Connector connector) {
      connector.setProperty("address", "127.0.0.1");
    }
    return bean;
  }
}
