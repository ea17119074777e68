/**
 * What verifications found, as documents on the store: create-only, numbered, each with the summary of
 * all before it, so that the newest one tells everything.
 *
 * <p>Place in the flow: below {@link io.coldstream.core.verify}, which adds a document at the end of each
 * run; {@code list} and {@code show} read the newest one.
 */
package io.coldstream.core.verify.history;
