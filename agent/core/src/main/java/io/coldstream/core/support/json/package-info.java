/** Binds every document that Coldstream stores to a record, with bounds and checks. Knows no document. */
package io.coldstream.core.support.json;
