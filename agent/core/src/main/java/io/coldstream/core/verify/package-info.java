/**
 * Checks what is on the store: manifest → what is there.
 *
 * <p>Place in the flow: beside restore, and like it reads a {@link
 * io.coldstream.core.repository.Repository} only. {@link io.coldstream.core.verify.VerifyRun} shows the
 * order of its steps. A check that could check nothing has failed.
 */
package io.coldstream.core.verify;
