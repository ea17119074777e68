package io.coldstream.core.backup.upload;

import io.coldstream.store.ListPage;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Something happens between a store's answer to a listing and its arrival.
 *
 * @param target the store
 * @param event what happens
 */
record AfterListing(ObjectStore target, Event event) {

  /** What happens. */
  interface Event {
    void happen() throws StoreException;
  }

  ObjectStore store() {
    return (ObjectStore) Proxy.newProxyInstance(
        ObjectStore.class.getClassLoader(),
        new Class<?>[] {ObjectStore.class},
        (p, verb, given) -> {
          try {
            Object answer = verb.invoke(target, given);
            if (answer instanceof ListPage) {
              event.happen();
            }
            return answer;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }
}
