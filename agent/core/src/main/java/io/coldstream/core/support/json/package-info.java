/** JSON with bounds and checks, for every document that Coldstream stores. Knows no document. */
package io.coldstream.core.support.json;
